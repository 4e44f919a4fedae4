package io.github.dl4jsparse;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/** Small networks to test layers in. */
public final class Networks {
    private Networks() {}

    /**
     * Layers with a softmax classifier on top, in single precision and always with the same parameters.
     *
     * @param inputs  of the lowest layer
     * @param classes of the classifier
     * @param layers  from the lowest on
     */
    public static MultiLayerNetwork classifier(IUpdater updater, long inputs, int classes, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(1).updater(updater).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.layer(new OutputLayer.Builder()
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(inputs))
                .build());
        net.init();
        return net;
    }
}
