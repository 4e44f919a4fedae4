package io.github.dl4jsparse.examples.anomaly;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder.Builder;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;

/**
 * DL4J's variational auto-encoder with the score of DL4J's own example: the negative logarithm of the probability of reconstruction.
 * Numbers must be from 0 to 1.
 *
 * @param latent units
 * @param epochs of pre-training
 */
record VariationalRival(int latent, int epochs, long seed) implements Rival {
    private static final int BATCH = 100;
    private static final int HIDDEN = 256;
    private static final int SAMPLES = 5;

    @Override
    public String name() {
        return "DL4J VariationalAutoencoder, " + latent + " latent units";
    }

    @Override
    public double[][] scores(INDArray good, INDArray... tests) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(1e-3))
                .activation(Activation.LEAKYRELU)
                .list()
                .layer(new Builder()
                        .nOut(latent)
                        .encoderLayerSizes(HIDDEN)
                        .decoderLayerSizes(HIDDEN)
                        .pzxActivationFunction(Activation.IDENTITY)
                        .reconstructionDistribution(new BernoulliReconstructionDistribution(Activation.SIGMOID))
                        .build())
                .setInputType(InputType.feedForward(good.size(1)))
                .build());
        net.init();
        net.pretrainLayer(0, new ViewIterator(new DataSet(good, good), BATCH), epochs);
        VariationalAutoencoder layer = (VariationalAutoencoder) net.getLayer(0);
        double[][] scores = new double[tests.length][];
        for (int t = 0; t < tests.length; t++) {
            scores[t] =
                    layer.reconstructionLogProbability(tests[t], SAMPLES).neg().toDoubleVector();
        }
        return scores;
    }
}
