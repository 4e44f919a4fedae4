package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Trains a stack of two auto-encoders on Apache Spark, without labels and then with them, beside the same on one thread.
 * <p>\[ L_i = \tfrac12 \lVert x_i - D_i z_i \rVert_2^2 + \lambda\, \Omega_i(z_i), \qquad
 * \theta \leftarrow \frac{1}{W} \sum_{w=1}^{W} \theta_w \]
 * where x_1 is the image, x_2 the norms of the pairs of z_1, Omega_1 the sum of those norms, Omega_2 the L1 norm, and theta_w the
 * parameters of worker w, which takes some batches by itself between two means.
 * <p>Start reading at {@link #network}, then {@link #run}.
 * <p>Reference: McDonald, Hall and Mann, Distributed training strategies for the structured perceptron, NAACL 2010.
 */
@Command(
        name = "spark-stack",
        description = {
            "Trains two stacked auto-encoders on Apache Spark, without labels first, then with them.",
            "It writes the network and result.json; --control compares with one thread."
        })
public final class SparkStack implements Callable<Integer> {
    private static final int PAIR = 2;

    @Mixin
    private SparkStackOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: strokes in pairs, the norms of the pairs, parts of digits, and a linear classifier. */
    static MultiLayerConfiguration network(SparkStackSettings s, Digits digits, long seed) {
        Groups pairs = Groups.blocks(s.units(), PAIR);
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(s.pretrainRate()))
                .list()
                .layer(new ListaLayer.Builder()
                        .name("strokes")
                        .nOut(s.units())
                        .iterations(s.iterations())
                        .penalty(new GroupL2Penalty(s.penalty(), pairs))
                        .unsupervisedWeight(s.unsupervisedWeight())
                        .build())
                .layer(new GroupL2PoolingLayer.Builder(pairs).build())
                .layer(new ListaLayer.Builder()
                        .name("parts")
                        .nOut(s.upperUnits())
                        .iterations(s.iterations())
                        .shrinkage(Shrinkage.NON_NEGATIVE)
                        .penalty(new L1Penalty(s.penalty()))
                        .unsupervisedWeight(s.unsupervisedWeight())
                        .build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(new OutputLayer.Builder()
                        .nOut(Digits.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward((long) digits.height() * digits.width()))
                .build();
    }

    /** One run: on Spark, and with {@code --control} on one thread from the same start. */
    private SparkStackRun run(JavaSparkContext spark, SparkStackSettings s, Digits digits, long seed) {
        List<DataSet> train = digits.train().batchBy(s.batch());
        List<DataSet> test = digits.test().batchBy(s.batch());
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, digits, seed));
        net.init();
        MultiLayerNetwork same = net.clone();
        double before = StackMeasurement.energy(net, test);
        StackMeasurement onSpark = measure(new OnSpark(spark, s, train, test, seed, out()), net, s, test);
        StackMeasurement onOneThread =
                options.control() ? measure(new OnOneThread(s, train, test, out()), same, s, test) : null;
        return new SparkStackRun(s, seed, digits.name(), spark.master(), net, before, onSpark, onOneThread);
    }

    private StackMeasurement measure(
            StackTrainer trainer, MultiLayerNetwork net, SparkStackSettings s, List<DataSet> test) {
        StackMeasurement measured = StackMeasurement.of(trainer, net, s.learningRate(), test);
        out().println(measured.summary(trainer.name()));
        out().flush();
        return measured;
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        SparkStackSettings settings = options.settings();
        int seeds = options.seeds();
        RunDirectory directory = RunDirectory.openEmpty(options.out(), options.force());
        List<SparkStackRun> runs = new ArrayList<>();
        Digits digits = options.digits(options.seed());
        try (JavaSparkContext spark = SparkContexts.open(options.master(), options.kryo())) {
            for (int i = 0; i < seeds; i++) {
                long seed = options.seed() + i;
                digits = i == 0 ? digits : options.digits(seed);
                out().println("Training on " + digits.name() + ", seed " + seed + ", Spark at " + spark.master() + " ("
                        + settings.summary() + ")");
                SparkStackRun run = run(spark, settings, digits, seed);
                run.write(seeds == 1 ? directory : directory.child("seed-" + seed));
                out().println(run.summary());
                runs.add(run);
            }
        }
        if (seeds > 1) {
            out().println(SparkStackRun.writeAll(runs, directory));
        }
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
