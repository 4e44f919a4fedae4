package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Whether this library slows DL4J's own layers: a LeNet in a process in which no layer of the library has run, in one where
 * some have, and a network of layers of both.
 */
public class NetworkBenchmark extends ThreadedBenchmark {
    private static final int BATCH = 64;
    private static final int SIDE = 28;
    private static final int STEPS_OF_OURS = 20;

    /** The network. */
    @Param({"network-leNet", "network-leNetAfterOurs", "network-mixed"})
    public String size;

    private MultiLayerNetwork net;
    private DataSet batch;

    /** Network and batch. */
    @Setup
    public void prepare() {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, 10);
        for (int i = 0; i < BATCH; i++) {
            labels.putScalar(i, i % 10, 1);
        }
        batch = new DataSet(Nd4j.rand(DataType.FLOAT, BATCH, 1, SIDE, SIDE), labels);
        if (size.equals("network-leNetAfterOurs")) {
            MultiLayerNetwork ours = mixed();
            for (int i = 0; i < STEPS_OF_OURS; i++) {
                ours.fit(batch);
            }
        }
        net = size.equals("network-mixed") ? mixed() : leNet();
    }

    private static MultiLayerNetwork leNet() {
        return network(convolution(20), maxPooling(), convolution(50), maxPooling());
    }

    private static MultiLayerNetwork mixed() {
        return network(
                convolution(20),
                maxPooling(),
                new ConvolutionalListaLayer.Builder(5, 5)
                        .nOut(48)
                        .iterations(3)
                        .penalty(new L1Penalty(0.1))
                        .unsupervisedWeight(0.1)
                        .build(),
                new GroupL2PoolingLayer.Builder().window(2, 2).stride(2, 2).build());
    }

    private static MultiLayerNetwork network(Layer... stages) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(1e-3))
                .list();
        for (Layer stage : stages) {
            list.layer(stage);
        }
        list.layer(new DenseLayer.Builder()
                        .nOut(500)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build());
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(SIDE, SIDE, 1)).build());
        net.init();
        return net;
    }

    private static ConvolutionLayer convolution(int maps) {
        return new ConvolutionLayer.Builder(5, 5)
                .nOut(maps)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer maxPooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    /** One {@code fit} of a batch. */
    @Benchmark
    public void fit() {
        net.fit(batch);
    }
}
