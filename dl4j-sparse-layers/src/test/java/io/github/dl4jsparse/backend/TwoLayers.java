package io.github.dl4jsparse.backend;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A program with two networks of this library's layers, for {@link NativeSettingsTest}. */
final class TwoLayers {
    private TwoLayers() {}

    public static void main(String[] args) {
        for (int i = 0; i < 2; i++) {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new ListaLayer.Builder()
                            .nOut(100)
                            .unsupervisedWeight(1)
                            .build())
                    .layer(new L2NormalizeLayer.Builder().build())
                    .layer(new OutputLayer.Builder()
                            .nOut(100)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.feedForward(64))
                    .build());
            net.init();
            net.fit(new DataSet(Nd4j.rand(100, 64), Nd4j.eye(100)));
        }
    }
}
