package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.task.data.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/** One layer more in an ordinary network of Deeplearning4j: groups of four maps share a penalty, so that whole groups fall silent. */
public final class GroupSparsityInCnn {
    // spotless:off
    private static final Groups GROUPS = Groups.blocks(32, 4);

    private GroupSparsityInCnn() {}

    private static MultiLayerNetwork cnn(double penalty) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(3e-3)).list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).activation(Activation.RELU).build())
                .layer(new GroupSparsityLayer.Builder(GROUPS).penaltyWeight(penalty).build())
                .layer(new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutionalFlat(8, 8, 1)).build());
        net.init();
        return net;
    }

    /** Groups with an active map, as a mean over images and places. */
    private static double active(MultiLayerNetwork net, INDArray images) {
        INDArray maps = net.feedForwardToLayer(0, images).get(1);                    // [images, 32, 6, 6]
        INDArray groups = maps.reshape(images.size(0), 8, 4, 6, 6).max(2).gt(0);
        return groups.castTo(maps.dataType()).meanNumber().doubleValue() * GROUPS.count();
    }

    /** @param args the digits as CSV: 64 pixels, then the class */
    public static void main(String[] args) throws IOException {
        DataSet digits = CsvFile.of(Path.of(args[0])).label("65").read().dataSet();
        digits.getFeatures().divi(16);                                         // 0 to 1
        digits.shuffle(7);
        DataSet test = (DataSet) digits.getRange(1297, 1797);
        for (double penalty : new double[] {1e-6, 1e-3, 1e-2}) {
            MultiLayerNetwork net = cnn(penalty);
            net.fit(new ViewIterator((DataSet) digits.getRange(0, 1297), 50), 20);
            System.out.printf("penalty %g: %.1f of %d groups active at a place, %.1f %% right%n", penalty,
                    active(net, test.getFeatures()), GROUPS.count(),
                    100 * net.evaluate(new ViewIterator(test, 250)).accuracy());
        }
    }
    // spotless:on
}
