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
 * DL4J's variational auto-encoder. Its score is that of DL4J's own example, the negative logarithm of the probability of reconstruction;
 * {@link #byReconstruction} gives the squared difference from the mean reconstruction instead. Numbers must be from 0 to 1.
 */
final class VariationalRival implements Rival {
    private static final int BATCH = 100;
    private static final int HIDDEN = 256;
    private static final int SAMPLES = 5;

    private final int latent;
    private final int epochs;
    private final long seed;
    private INDArray fitted;
    private MultiLayerNetwork net;

    /**
     * @param latent units
     * @param epochs of pre-training
     */
    VariationalRival(int latent, int epochs, long seed) {
        this.latent = latent;
        this.epochs = epochs;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "DL4J VariationalAutoencoder, " + latent + " units, by probability";
    }

    @Override
    public double[][] scores(INDArray good, INDArray... tests) {
        VariationalAutoencoder layer = layer(good);
        double[][] scores = new double[tests.length][];
        for (int t = 0; t < tests.length; t++) {
            scores[t] =
                    layer.reconstructionLogProbability(tests[t], SAMPLES).neg().toDoubleVector();
        }
        return scores;
    }

    /** The same network with the other score; it is trained once for both. */
    Rival byReconstruction() {
        return new Rival() {
            @Override
            public String name() {
                return "DL4J VariationalAutoencoder, " + latent + " units, by difference";
            }

            @Override
            public double[][] scores(INDArray good, INDArray... tests) {
                VariationalAutoencoder layer = layer(good);
                double[][] scores = new double[tests.length][];
                for (int t = 0; t < tests.length; t++) {
                    INDArray rest =
                            layer.generateAtMeanGivenZ(net.output(tests[t])).subi(tests[t]);
                    scores[t] = rest.mul(rest).sum(1).toDoubleVector();
                }
                return scores;
            }
        };
    }

    private VariationalAutoencoder layer(INDArray good) {
        if (fitted != good) {
            net = trained(good);
            fitted = good;
        }
        return (VariationalAutoencoder) net.getLayer(0);
    }

    private MultiLayerNetwork trained(INDArray good) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
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
        network.init();
        network.pretrainLayer(0, new ViewIterator(new DataSet(good, good), BATCH), epochs);
        return network;
    }
}
