package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.UnsupervisedLayerContract;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The contract of every layer, on the smallest possible layer, and the behaviour of the base class itself. */
class SparseLayerTest extends UnsupervisedLayerContract {
    private static final LayerVariant VARIANT = new LayerVariant("z = D'x / 2", weight -> new TransposeLayer.Builder()
            .nOut(4)
            .penalty(new L1Penalty(0.3))
            .unsupervisedWeight(weight));

    @Override
    public Stream<LayerVariant> variants() {
        return Stream.of(VARIANT);
    }

    private SparseLayer<?> layer(double weight) {
        return (SparseLayer<?>) network(VARIANT, weight).getLayer(NAME);
    }

    /** Mean of 1/2 |x - D z|^2 + 0.3 |z|_1 by plain loops. */
    private static double[] energy(double[][] x, double[][] d, double scale) {
        double[] terms = new double[2];
        for (double[] example : x) {
            double[] residual = example.clone();
            for (int j = 0; j < d[0].length; j++) {
                double z = 0;
                for (int i = 0; i < d.length; i++) {
                    z += scale * d[i][j] * example[i];
                }
                terms[1] += 0.3 * Math.abs(z) / x.length;
                for (int i = 0; i < d.length; i++) {
                    residual[i] -= d[i][j] * z;
                }
            }
            for (double r : residual) {
                terms[0] += r * r / 2 / x.length;
            }
        }
        return terms;
    }

    @Test
    void scoreTakesWeightTimesReconstructionPlusPenalty() {
        SparseLayer<?> layer = layer(WEIGHT);
        INDArray x = input(4, 2);
        double[] terms = energy(Samples.rows(x), Samples.rows(layer.getParam(TransposeLayer.DECODER)), 0.5);
        assertTrue(terms[0] > 0.01 && terms[1] > 0.01, terms[0] + " and " + terms[1]);
        for (boolean training : new boolean[] {true, false}) {
            layer.activate(x, training, LayerWorkspaceMgr.noWorkspaces());
            layer.clear();
            assertEquals(WEIGHT * (terms[0] + terms[1]), layer.calcRegularizationScore(true), 1e-12);
        }
        assertEquals(terms[0], layer.lastEnergy().reconstruction(), 1e-12);
        assertEquals(terms[1], layer.lastEnergy().penalty(), 1e-12);
        assertEquals(terms[0], layer.energy(x).reconstruction(), 1e-12);
        assertEquals(terms[1], layer.energy(x).penalty(), 1e-12);
    }

    @Test
    void passWithoutTrainingLeavesNoLossInTheGradient() {
        SparseLayer<?> joint = layer(WEIGHT);
        SparseLayer<?> supervised = layer(0);
        INDArray x = input(4, 2);
        INDArray epsilon = Samples.gaussian(3, 4, 4);
        INDArray expected = gradient(supervised, x, epsilon, true);
        assertEquals(expected, gradient(joint, x, epsilon, false));
        assertTrue(Samples.distance(expected, gradient(joint, x, epsilon, true)) > 1e-2, "the loss has no gradient");
        assertEquals(LossTerms.NONE, supervised.lastEnergy());
    }

    private static INDArray gradient(SparseLayer<?> layer, INDArray x, INDArray epsilon, boolean training) {
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        layer.activate(x, training, none);
        return layer.backpropGradient(epsilon, none)
                .getFirst()
                .getGradientFor(TransposeLayer.DECODER)
                .dup();
    }

    @Test
    void passWithoutTrainingLeavesTheLastEnergy() {
        SparseLayer<?> layer = layer(WEIGHT);
        layer.activate(input(4, 2), true, LayerWorkspaceMgr.noWorkspaces());
        LossTerms trained = layer.lastEnergy();
        layer.activate(input(4, 9), false, LayerWorkspaceMgr.noWorkspaces());
        assertEquals(trained, layer.lastEnergy());
    }

    @Test
    void dictionaryOfAnotherShapeIsRefused() {
        MultiLayerNetwork net = network(VARIANT, WEIGHT);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> layer(net).startFrom(Samples.gaussian(1, 4, 3)))
                .getMessage();
        assertEquals("dictionary must be a matrix [3, 4], got [4, 3]", message);
        assertThrows(IllegalArgumentException.class, () -> layer(net).startFrom(null));
        INDArray dictionary = Samples.gaussian(1, 3, 4);
        layer(net).startFrom(dictionary);
        assertEquals(dictionary, net.getLayer(NAME).getParam(TransposeLayer.DECODER));
        assertEquals(4, layer(net).codeSize());
    }
}
