package io.github.dl4jsparse.examples.anomaly;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J's dense layers as an auto-encoder of one hidden layer: the score is the squared difference of the reconstruction. Numbers are
 * standardised together, as the detector does.
 *
 * @param units   hidden units
 * @param updates of Adam
 */
record AutoEncoderRival(int units, int updates, long seed) implements Rival {
    private static final int BATCH = 32;

    @Override
    public String name() {
        return "DL4J dense auto-encoder, " + units + " units";
    }

    @Override
    public double[][] scores(INDArray good, INDArray... tests) {
        INDArray mean = good.mean(true, 0);
        double deviation = good.subRowVector(mean).norm2Number().doubleValue() / Math.sqrt(good.length());
        INDArray x = good.subRowVector(mean).divi(deviation);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(3e-3))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(units)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut((int) good.size(1))
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(good.size(1)))
                .build());
        net.init();
        int batches = (int) ((good.size(0) + BATCH - 1) / BATCH);
        net.fit(new ViewIterator(new DataSet(x, x), BATCH), Math.max(1, updates / batches));
        double[][] scores = new double[tests.length][];
        for (int t = 0; t < tests.length; t++) {
            INDArray y = tests[t].subRowVector(mean).divi(deviation);
            INDArray rest = y.sub(net.output(y));
            scores[t] = rest.mul(rest).sum(1).toDoubleVector();
        }
        return scores;
    }
}
