package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.task.data.CsvFile;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A stack of two convolutional stages: each is pre-trained without labels on the codes of the one below, the decoders are dropped,
 * and all layers are fine-tuned with 50 labels. Beside it the same network from random weights.
 */
public final class StackOfStages {
    // spotless:off
    private StackOfStages() {}

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)).list()
                .layer(new LocalContrastLayer.Builder().build())
                .layer(maps(32, 0.2))                                          // 8 x 8 -> 6 x 6
                .layer(new GroupL2PoolingLayer.Builder().window(2, 2).stride(1, 1).build())
                .layer(maps(64, 0.1))                                          // 5 x 5 -> 3 x 3
                .layer(new GroupL2PoolingLayer.Builder().window(3, 3).stride(2, 2).build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).updater(new Adam(0.03)).dropOut(0.5).build())
                .setInputType(InputType.convolutionalFlat(8, 8, 1)).build());
        net.init();
        return net;
    }

    private static ConvolutionalListaLayer maps(int number, double penalty) {
        return new ConvolutionalListaLayer.Builder(3, 3).nOut(number).gain(true)
                .inputScaling(true).penalty(new L1Penalty(penalty)).build();
    }

    private static double fineTuned(MultiLayerNetwork net, DataSet digits) {
        net.fit(new ViewIterator((DataSet) digits.getRange(0, 50), 50), 100);
        return 100 * net.evaluate(new ViewIterator((DataSet) digits.getRange(1297, 1797), 250)).accuracy();
    }

    /** @param args the digits as CSV: 64 pixels, then the class */
    public static void main(String[] args) throws IOException {
        DataSet digits = CsvFile.of(Path.of(args[0])).label("65").read().dataSet();
        digits.shuffle(7);
        MultiLayerNetwork stack = network();
        LayerwisePretrainer.builder().epochs(10).warmUp(100).seed(1).build()
                .fit(stack, digits.getRange(0, 1297).getFeatures());           // no label is looked at
        MultiLayerNetwork served = Decoders.remove(stack);                     // fewer parameters, the same outputs
        System.out.printf("%d parameters, %d without decoders%n", stack.numParams(), served.numParams());
        System.out.printf("50 labels: %.1f %% right pre-trained, %.1f %% from random weights%n",
                fineTuned(served, digits), fineTuned(Decoders.remove(network()), digits));
    }
    // spotless:on
}
