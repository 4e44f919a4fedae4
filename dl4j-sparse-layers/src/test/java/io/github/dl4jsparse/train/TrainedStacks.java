package io.github.dl4jsparse.train;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small stacks of every layer that a network of images may have, trained a little. */
final class TrainedStacks {
    private TrainedStacks() {}

    static ConvolutionalListaLayer.Builder stage(int steps, CNN2DFormat format) {
        return new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(4)
                .iterations(steps)
                .gain(true)
                .dataFormat(format)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.1);
    }

    /** Two stages of shared filters, a dense one, and what goes between them. */
    static Layer[] layers(int steps, CNN2DFormat format, Groups groups, double epsilon) {
        return new Layer[] {
            stage(steps, format).name("first").build(),
            new GroupL2PoolingLayer.Builder(groups)
                    .window(2, 2)
                    .stride(2, 1)
                    .epsilon(epsilon)
                    .name("pool")
                    .build(),
            new BatchNormalization(),
            stage(1, format)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .stride(1, 2)
                    .build(),
            new GroupSparsityLayer.Builder(null).penaltyWeight(0.01).build(),
            new ListaLayer.Builder()
                    .nOut(6)
                    .iterations(1)
                    .shrinkage(Shrinkage.NON_NEGATIVE)
                    .name("dense")
                    .build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build()
        };
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01));
    }

    static InputType input(CNN2DFormat format) {
        return InputType.convolutional(7, 6, 2, format);
    }

    static INDArray images(CNN2DFormat format, long seed) {
        INDArray images = Samples.gaussian(seed, 5, 7, 6, 2);
        return format == CNN2DFormat.NHWC ? images : images.permute(0, 3, 1, 2).dup('c');
    }

    static MultiLayerNetwork network(CNN2DFormat format, Layer... layers) {
        var list = settings().list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net =
                new MultiLayerNetwork(list.setInputType(input(format)).build());
        net.init();
        for (int i = 0; i < 5; i++) {
            net.fit(new DataSet(images(format, i), Samples.oneHot(5, 3)));
        }
        return net;
    }

    static ComputationGraph graph(CNN2DFormat format, Layer... layers) {
        var builder = settings().graphBuilder().addInputs("in").setInputTypes(input(format));
        String below = "in";
        for (int i = 0; i < layers.length; i++) {
            builder.addLayer("layer" + i, layers[i], below);
            below = "layer" + i;
        }
        ComputationGraph graph = new ComputationGraph(builder.setOutputs(below).build());
        graph.init();
        for (int i = 0; i < 5; i++) {
            graph.fit(new DataSet(images(format, i), Samples.oneHot(5, 3)));
        }
        return graph;
    }
}
