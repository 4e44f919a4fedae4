package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Analytic weights, with projected gradient descent on their objective as the oracle. */
@ExtendWith(DoublePrecision.class)
class AnalyticCouplingTest {
    private static INDArray dictionary(int inputs, int units) {
        INDArray d = Samples.gaussian(5, inputs, units);
        return d.diviRowVector(d.norm2(0));
    }

    /** Minimises the sum of the squares of {@code W'D} under {@code w_i'd_i = 1}. */
    private static INDArray descended(INDArray d) {
        INDArray w = d.dup();
        INDArray gram = d.mmul(d.transpose());
        for (int t = 0; t < 20_000; t++) {
            w.subi(gram.mmul(w).muli(0.05));
            INDArray rest = w.mul(d).sum(0).rsubi(1);
            w.addi(d.mulRowVector(rest));
        }
        return w;
    }

    @Test
    void weightsHaveLeastCoherence() {
        INDArray d = dictionary(6, 11);
        assertEquals(0, Samples.distance(descended(d), AnalyticCoupling.weights(d)), 1e-8);
    }

    @Test
    void withFewerUnitsThanInputsUnitsDoNotSeeEachOther() {
        INDArray d = dictionary(7, 4);
        INDArray product = AnalyticCoupling.weights(d).transpose().mmul(d);
        assertEquals(0, Samples.distance(Nd4j.eye(4).castTo(DataType.DOUBLE), product), 1e-8);
    }

    private static MultiLayerNetwork network(ListaLayer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.01))
                .list()
                .layer(layer)
                .setInputType(InputType.feedForward(6))
                .build());
        net.init();
        return net;
    }

    private static ListaLayer.Builder layer() {
        return new ListaLayer.Builder()
                .nOut(11)
                .iterations(6)
                .coupling(Coupling.analytic())
                .thresholds(ThresholdSchedule.perStep())
                .support(SupportSelection.share(0.1, 0.3))
                .shrinkage(Shrinkage.SOFT)
                .penalty(new L1Penalty(0.1))
                .unsupervisedWeight(1);
    }

    @Test
    void trainingLeavesTheWeightsAndDescends() {
        MultiLayerNetwork net = network(layer().build());
        UnsupervisedLayer own = (UnsupervisedLayer) net.getLayer(0);
        INDArray x = Samples.gaussian(8, 30, 6);
        INDArray weights = net.getLayer(0).getParam("E").dup();
        INDArray sizes = net.getLayer(0).getParam("a").dup();
        double before = own.energy(x).total();
        for (int i = 0; i < 20; i++) {
            net.pretrainLayer(0, x);
        }
        assertEquals(weights, net.getLayer(0).getParam("E"));
        assertTrue(Samples.distance(sizes, net.getLayer(0).getParam("a")) > 1e-6, "step sizes are trained");
        assertTrue(own.energy(x).total() < before, own.energy(x).total() + " after " + before);
    }

    @Test
    void imagesAndStepsOfTheirOwnAreRefused() {
        String untied = assertThrows(DL4JInvalidConfigException.class, () -> layer().untied(true)
                        .build())
                .getMessage();
        assertTrue(untied.contains("untied must be off"), untied);
        String images = assertThrows(DL4JInvalidConfigException.class, () -> new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .coupling(Coupling.analytic())
                        .build())
                .getMessage();
        assertTrue(images.contains("learned()"), images);
    }
}
