package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ImageFolder;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.SplitTestAndTrain;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Images from a folder for each class, read by DataVec, into a network of one's own; {@code FeatureLearner} does the same in a line. */
public final class ClassFolders {
    // spotless:off
    private static final int SIDE = 24;

    private ClassFolders() {}

    /** @param args a folder with a folder of images for each class */
    public static void main(String[] args) throws IOException {
        ExampleSet images = ImageFolder.of(Path.of(args[0])).size(SIDE, SIDE).read();
        SplitTestAndTrain parts = images.dataSet().splitTestAndTrain(0.7);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3)).list()
                .layer(new LocalContrastLayer.Builder().build())
                .layer(new ConvolutionalListaLayer.Builder(7, 7).nOut(32).gain(true).inputScaling(true)
                        .penalty(new L1Penalty(0.1)).build())
                .layer(new GroupL2PoolingLayer.Builder().window(4, 4).stride(3, 3).build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(new OutputLayer.Builder().nOut(images.classes().size()).activation(Activation.SOFTMAX)
                        .updater(new Adam(0.03)).build())
                .setInputType(InputType.convolutional(SIDE, SIDE, images.features().size(1))).build());
        net.init();
        LayerwisePretrainer.builder().batch(20).epochs(5).warmUp(20).seed(1).build().fit(net, images.features());
        net.fit(new ViewIterator(parts.getTrain(), 20), 10);
        System.out.println(images.classes());
        System.out.println(net.evaluate(new ViewIterator(parts.getTest(), 250)).stats());
    }
    // spotless:on
}
