package io.github.dl4jsparse.task;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network of {@link FeatureLearner}: local contrast normalisation, stages of a convolutional sparse code and L2 pooling over
 * squares, normalisation of the code, softmax.
 * <p>Two stages of 32 and 64 maps; a third of 128 for images of at least 48 pixels a side. Filters are 7 x 7 and 5 x 5, below 16 pixels a
 * side 3 x 3. The penalty halves from stage to stage.
 *
 * @param channels of the images
 * @param height   of the images
 * @param width    of the images
 * @param penalty  lambda of the first stage
 * @param dropout  share of the features that are set to zero in training of the classifier
 * @param seed     of the first weights
 */
public record FeatureNetwork(int channels, int height, int width, double penalty, double dropout, long seed) {
    /** The smallest side of an image; below it the second stage would have no input. */
    static final int LEAST = 8;

    private static final int SMALL = 16;
    private static final int LARGE = 48;

    /** @throws IllegalArgumentException if the images are too small */
    public FeatureNetwork {
        if (Math.min(height, width) < LEAST) {
            throw Args.failure(
                    "images",
                    "of at least " + LEAST + " pixels a side; read them in a larger size",
                    height + " x " + width);
        }
    }

    /** The number of stages that are pre-trained. */
    int stages() {
        return Math.min(height, width) >= LARGE ? 3 : 2;
    }

    /** The network with its first weights. */
    public MultiLayerNetwork init(int classes) {
        return init(classes, InputType.convolutional(height, width, channels), 0);
    }

    /**
     * The same for images in another layout, or for training with labels jointly with the energy of the codes.
     *
     * @param images             such as {@code InputType.convolutionalFlat} for rows of pixels
     * @param unsupervisedWeight of the energy of each stage beside the loss with labels; 0 for none
     */
    public MultiLayerNetwork init(int classes, InputType images, double unsupervisedWeight) {
        int side = Math.min(height, width);
        boolean small = side < SMALL;
        ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam())
                .list()
                .layer(new LocalContrastLayer.Builder().build())
                .layer(maps(32, small ? 3 : 7, penalty, unsupervisedWeight))
                .layer(pools(small ? 2 : 4, small ? 1 : 3))
                .layer(maps(64, small ? 3 : 5, penalty / 2, unsupervisedWeight))
                .layer(pools(3, small ? 2 : 3));
        if (stages() == 3) {
            layers.layer(maps(128, 3, penalty / 4, unsupervisedWeight)).layer(pools(3, 2));
        }
        MultiLayerNetwork net = new MultiLayerNetwork(layers.layer(new L2NormalizeLayer.Builder().build())
                .layer(classifier(0, classes, dropout))
                .setInputType(images)
                .build());
        net.init();
        return net;
    }

    /**
     * Softmax with cross entropy.
     *
     * @param features number of inputs; 0 to take it from the layer below
     */
    public static OutputLayer classifier(long features, int classes, double dropout) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(features)
                .nOut(classes)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.SOFTMAX)
                // DL4J takes the share that is kept, and 0 for no dropout
                .dropOut(dropout == 0 ? 0 : 1 - dropout)
                .build();
    }

    private static ConvolutionalListaLayer maps(int number, int side, double penalty, double unsupervisedWeight) {
        return new ConvolutionalListaLayer.Builder(side, side)
                .nOut(number)
                .gain(true)
                .inputScaling(true)
                .penalty(new L1Penalty(penalty))
                .unsupervisedWeight(unsupervisedWeight)
                .build();
    }

    private static GroupL2PoolingLayer pools(int side, int stride) {
        return new GroupL2PoolingLayer.Builder()
                .window(side, side)
                .stride(stride, stride)
                .build();
    }
}
