package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.train.DataStart;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The first program: sparse codes of images, whose atoms come from images without labels, below a classifier with few labels. */
public final class FirstNetwork {
    // spotless:off
    private FirstNetwork() {}

    /** Units that see the whole image. */
    public static MultiLayerNetwork dense(int height, int width, long seed) {
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(1e-4)).list()
                .layer(new SparseCodingLayer.Builder().nOut(Math.min(1000, 4 * height * width)).inputScaling(true)
                        .penalty(new L1Penalty(0.05).asNonNegative()).solver(Fista.steps(30)).build())
                .layer(new L2NormalizeLayer.Builder().build()).layer(classifier())
                .setInputType(InputType.feedForward((long) height * width)).build());
    }

    /** Maps of filters with pools of their squares, twice. */
    public static MultiLayerNetwork convolutional(int height, int width, long seed) {
        boolean small = Math.min(height, width) < 16;
        return new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(seed).updater(new Adam(1e-3)).list()
                .layer(new LocalContrastLayer.Builder().build())
                .layer(maps(32, small ? 3 : 7, 0.2)).layer(pools(small ? 2 : 4, small ? 1 : 3))
                .layer(maps(64, small ? 3 : 5, 0.1)).layer(pools(3, small ? 2 : 3))
                .layer(new L2NormalizeLayer.Builder().build()).layer(classifier())
                .setInputType(InputType.convolutionalFlat(height, width, 1)).build());
    }

    private static ConvolutionalListaLayer maps(int number, int side, double penalty) {
        return new ConvolutionalListaLayer.Builder(side, side).nOut(number).gain(true)
                .inputScaling(true).penalty(new L1Penalty(penalty)).build();
    }
    private static GroupL2PoolingLayer pools(int side, int stride) {
        return new GroupL2PoolingLayer.Builder().window(side, side).stride(stride, stride).build();
    }
    private static OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT).nOut(Digits.CLASSES).activation(Activation.SOFTMAX)
                .updater(new Adam(0.03)).dropOut(0.5).build();
    }

    /** Dictionaries from images without labels; then, with the few that have labels, the classifier or all layers. */
    public static MultiLayerNetwork train(MultiLayerNetwork net, DataSet unlabelled, DataSet labelled, boolean all) {
        net.init();
        DataStart.of(net, new ViewIterator(unlabelled, 50), 1);
        MultiLayerNetwork trained = all ? net : new TransferLearning.Builder(net)
                .setFeatureExtractor(net.getnLayers() - 2).build();
        trained.fit(new ViewIterator(labelled, 50), 1 + 5_000 / labelled.numExamples());
        return trained;
    }

    /** @param args a folder with the four files of MNIST; none for the small digits that come with the program */
    public static void main(String[] args) throws IOException {
        Digits digits = args.length == 0 ? Digits.embeddedPixels(3) : Digits.idxPixels(Path.of(args[0]), 1);
        MultiLayerNetwork net = train(dense(digits.height(), digits.width(), 1), digits.train(),
                (DataSet) digits.train().getRange(0, 100), false);
        System.out.println(net.evaluate(new ViewIterator(digits.test(), 250)).stats());
    }
    // spotless:on
}
