package io.github.dl4jsparse.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.serializer.KryoSerializer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.kryo.Nd4jRegistrator;

/**
 * Registers with Spark's {@code KryoSerializer} how networks of these layers are serialised, and arrays as ND4J's own
 * {@link Nd4jRegistrator} does.
 * <pre>{@code
 * new SparkConf().set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
 *         .set("spark.kryo.registrator", "io.github.dl4jsparse.spark.SparseKryoRegistrator");
 * }</pre>
 * <p>Kryo 4, which is part of Spark, supports neither records nor the unmodifiable lists of Java, of which penalties,
 * groups and constraints in the configurations of these layers consist. This class writes records and configurations
 * with Java's serialisation; they are small compared with the parameters. Such data is read from the cluster's own
 * executors and driver only, never from a file: Spark's {@code spark.authenticate} refuses other senders.
 * <p>Errors: {@link SparkPretrainer} refuses a context with Kryo and without this class. DL4J's own trainers fail in the
 * first round, with the class that Kryo can't write or read.
 */
public final class SparseKryoRegistrator implements KryoRegistrator {
    private static final String SERIALIZER = "spark.serializer";
    private static final String REGISTRATOR = "spark.kryo.registrator";

    /** Called by Spark, with every new {@code Kryo}. */
    @Override
    public void registerClasses(Kryo kryo) {
        new Nd4jRegistrator().registerClasses(kryo);
        for (Class<?> type : List.of(
                Record.class,
                MultiLayerConfiguration.class,
                ComputationGraphConfiguration.class,
                NeuralNetConfiguration.class)) {
            kryo.addDefaultSerializer(type, JavaSerializer.class);
        }
    }

    /**
     * Requires that a context with Kryo has this registrator, alone or among others.
     *
     * @throws IllegalArgumentException if not
     */
    static void require(SparkConf conf) {
        String own = SparseKryoRegistrator.class.getName();
        String registrators = conf.get(REGISTRATOR, "");
        if (conf.get(SERIALIZER, "").equals(KryoSerializer.class.getName())
                && !List.of(registrators.split("\\s*,\\s*")).contains(own)) {
            throw Args.failure(
                    REGISTRATOR, own + " with the KryoSerializer", registrators.isEmpty() ? "none" : registrators);
        }
    }
}
