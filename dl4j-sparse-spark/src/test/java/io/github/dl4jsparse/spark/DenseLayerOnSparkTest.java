package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** The libraries of this module fit each other: a network of DL4J alone trains on Spark. */
class DenseLayerOnSparkTest {
    @Test
    void learns() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.02))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(LocalSpark.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(LocalSpark.INPUTS))
                .build());
        net.init();
        List<DataSet> batches = LocalSpark.batches(20, 1);
        double before = net.score(DataSet.merge(batches));
        try (JavaSparkContext spark = LocalSpark.twoThreads()) {
            SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(spark, net, LocalSpark.averaging(10));
            for (int epoch = 0; epoch < 3; epoch++) {
                trainer.fit(LocalSpark.distributed(spark, batches));
            }
        }
        double after = net.score(DataSet.merge(batches));
        assertTrue(after < 0.7 * before, () -> before + " -> " + after);
    }
}
