package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

@ExtendWith(DoublePrecision.class)
class NoLossTest {
    private static final NoLoss LOSS = new NoLoss();
    private static final ActivationIdentity IDENTITY = new ActivationIdentity();

    private static MultiLayerConfiguration conf() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(4)
                        .activation(Activation.TANH)
                        .l2(0.5)
                        .build())
                .layer(new LossLayer.Builder(LOSS)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(3))
                .build();
    }

    @Test
    void isZeroWithGradientZero() {
        INDArray output = Samples.gaussian(1, 2, 3, 5, 4);
        INDArray labels = Samples.gaussian(2, 2, 1);
        assertEquals(0, LOSS.computeScore(labels, output, IDENTITY, null, true));
        assertEquals(output.mul(0), LOSS.computeGradient(labels, output, IDENTITY, null));
        assertEquals(labels.mul(0), LOSS.computeScoreArray(labels, output, IDENTITY, null));
        var both = LOSS.computeGradientAndScore(labels, output, IDENTITY, null, false);
        assertEquals(0, both.getFirst());
        assertEquals(output.mul(0), both.getSecond());
        assertEquals("NoLoss", LOSS.name());
    }

    @Test
    void onlyTheRegularisationIsLeftOfScoreAndGradient() {
        MultiLayerNetwork net = new MultiLayerNetwork(conf());
        net.init();
        INDArray weights = net.getParam("0_W").dup();
        INDArray x = Samples.gaussian(3, 5, 3);
        DataSet data = new DataSet(x, x);
        assertEquals(0.25 * Samples.dot(weights, weights), net.score(data), 1e-12);
        net.fit(data);
        // w - rate * l2 * w
        assertEquals(0, Samples.distance(weights.mul(1 - 0.1 * 0.5), net.getParam("0_W")), 1e-12);
        assertEquals(0, net.getParam("0_b").norm2Number().doubleValue());
    }

    @Test
    void isWrittenAndRead() {
        MultiLayerConfiguration conf = conf();
        assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
        assertEquals(conf, MultiLayerConfiguration.fromYaml(conf.toYaml()));
        assertEquals(
                LOSS,
                ((LossLayer) MultiLayerConfiguration.fromJson(conf.toJson())
                                .getConf(1)
                                .getLayer())
                        .getLossFn());
    }
}
