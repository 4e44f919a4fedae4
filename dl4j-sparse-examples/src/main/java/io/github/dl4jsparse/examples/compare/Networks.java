package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.task.FeatureNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/** Parts of networks that several rows have. */
final class Networks {
    private Networks() {}

    /** Adam; the rate is set where the training starts. */
    static NeuralNetConfiguration.Builder builder(long seed) {
        return new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam());
    }

    /** Weights for layers of rectified units. */
    static NeuralNetConfiguration.Builder rectified(long seed) {
        return builder(seed).weightInit(WeightInit.RELU).activation(Activation.RELU);
    }

    /** Softmax with cross entropy; its dropout leaves out a share of its input in training. */
    static OutputLayer classifier(int classes, double dropout) {
        return FeatureNetwork.classifier(0, classes, dropout);
    }

    /** DL4J takes the share that is kept, and 0 for no dropout. */
    static double kept(double dropout) {
        return dropout == 0 ? 0 : 1 - dropout;
    }

    /** Rows of pixels. */
    static InputType rows(Unlabelled images) {
        return InputType.feedForward(images.pixels());
    }

    /** Rows of pixels that a convolutional layer takes as images. */
    static InputType images(Unlabelled images) {
        return InputType.convolutionalFlat(images.height(), images.width(), 1);
    }

    /** The network of a configuration, with its first weights. */
    static MultiLayerNetwork init(NeuralNetConfiguration.ListBuilder configuration) {
        MultiLayerNetwork net = new MultiLayerNetwork(configuration.build());
        net.init();
        return net;
    }
}
