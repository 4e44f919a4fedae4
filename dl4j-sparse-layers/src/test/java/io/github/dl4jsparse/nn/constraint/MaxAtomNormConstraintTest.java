package io.github.dl4jsparse.nn.constraint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint.Atoms;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class MaxAtomNormConstraintTest {
    private static MaxAtomNormConstraint constraint(Atoms atoms, double bound) {
        return new MaxAtomNormConstraint(bound, atoms, Set.of("W"));
    }

    /** Rows: one too long, one of zeros, one inside, one at the bound of 5. */
    private static INDArray rows(DataType type) {
        return Nd4j.create(new double[][] {{6, 8, 0}, {0, 0, 0}, {1, -2.2, 0.3}, {0, -4, 3}})
                .castTo(type);
    }

    private static INDArray oriented(INDArray rows, Atoms atoms) {
        return atoms == Atoms.ROWS ? rows : rows.transpose().dup('c');
    }

    @ParameterizedTest
    @EnumSource(Atoms.class)
    void longAtomsAreScaledAndOthersUntouchedBitForBit(Atoms atoms) {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray weights = oriented(rows(type), atoms);
            constraint(atoms, 5).project(weights);
            INDArray back = atoms == Atoms.ROWS ? weights : weights.transpose().dup('c');
            assertArrayEquals(new double[] {3, 4, 0}, back.getRow(0).dup().toDoubleVector(), 1e-6);
            for (int row = 1; row < 4; row++) {
                assertEquals(rows(type).getRow(row).dup(), back.getRow(row).dup(), atoms + ", row " + row);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Atoms.class)
    void zeroAtomStaysZeroWhileOthersAreScaled(Atoms atoms) {
        INDArray weights = oriented(rows(DataType.FLOAT), atoms);
        constraint(atoms, 1e-3).project(weights);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, atoms == Atoms.ROWS ? weights.getDouble(1, i) : weights.getDouble(i, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Atoms.class)
    void agreesWithPlainLoopsOnViewsOfEitherOrder(Atoms atoms) {
        INDArray flat = Samples.gaussian(3, 2 + 20);
        INDArray view = flat.get(NDArrayIndex.interval(2, 22)).reshape('c', 4, 5);
        INDArray f = view.dup('f');
        double[][] expected = Samples.rows(view.dup());
        project(expected, atoms, 1.5);
        constraint(atoms, 1.5).project(view);
        constraint(atoms, 1.5).project(f);
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(expected[i], Samples.rows(view)[i], 1e-14);
            assertArrayEquals(expected[i], Samples.rows(f)[i], 1e-14);
        }
        assertEquals(Samples.gaussian(3, 22).getDouble(1), flat.getDouble(1));
    }

    private static void project(double[][] w, Atoms atoms, double bound) {
        int count = atoms == Atoms.ROWS ? w.length : w[0].length;
        int length = atoms == Atoms.ROWS ? w[0].length : w.length;
        for (int a = 0; a < count; a++) {
            double square = 0;
            for (int k = 0; k < length; k++) {
                double value = atoms == Atoms.ROWS ? w[a][k] : w[k][a];
                square += value * value;
            }
            double factor = Math.min(1, bound / Math.sqrt(square));
            for (int k = 0; k < length; k++) {
                if (atoms == Atoms.ROWS) {
                    w[a][k] *= factor;
                } else {
                    w[k][a] *= factor;
                }
            }
        }
    }

    @Test
    void rowsAndColumnsDiffer() {
        INDArray byRows = Nd4j.create(new double[][] {{3, 0}, {4, 0}});
        INDArray byColumns = byRows.dup();
        MaxAtomNormConstraint.rows(1, "W").project(byRows);
        MaxAtomNormConstraint.columns(1, "W").project(byColumns);
        assertArrayEquals(new double[] {1, 0, 1, 0}, byRows.data().asDouble(), 1e-15);
        assertArrayEquals(new double[] {0.6, 0, 0.8, 0}, byColumns.data().asDouble(), 1e-15);
    }

    private static MultiLayerNetwork network(DenseLayer.Builder layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(3))
                .list()
                .layer(layer.nIn(4).nOut(3).activation(Activation.TANH).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        return net;
    }

    @Test
    void holdsAfterEveryFitForTheParametersItNames() {
        MultiLayerNetwork net =
                network(new DenseLayer.Builder().constrainWeights(new MaxAtomNormConstraint(0.5, Atoms.COLUMNS, null)));
        MultiLayerNetwork free = network(new DenseLayer.Builder());
        DataSet data = new DataSet(
                Samples.gaussian(DataType.FLOAT, 4, 6, 4), Samples.oneHot(6, 2).castTo(DataType.FLOAT));
        for (int i = 0; i < 4; i++) {
            net.fit(data);
            free.fit(data);
            double largest = net.getLayer(0).getParam("W").norm2(0).maxNumber().doubleValue();
            assertEquals(0.5, largest, 1e-6);
        }
        assertTrue(free.getLayer(0).getParam("W").norm2(0).maxNumber().doubleValue() > 0.6);
    }

    @Test
    void otherParametersAreLeftAlone() {
        MultiLayerNetwork net = network(new DenseLayer.Builder());
        INDArray before = net.params().dup();
        MaxAtomNormConstraint.columns(1e-3, "V").applyConstraint(net.getLayer(0), 0, 0);
        assertEquals(before, net.params());
        MaxAtomNormConstraint.columns(1e-3, "W").applyConstraint(net.getLayer(0), 0, 0);
        assertNotEquals(before, net.params());
    }

    @Test
    void jsonAndYamlOfANetworkKeepIt() {
        MultiLayerConfiguration conf = network(
                        new DenseLayer.Builder().constrainWeights(new MaxAtomNormConstraint(0.5, Atoms.COLUMNS, null)))
                .getLayerWiseConfigurations();
        MaxAtomNormConstraint expected = MaxAtomNormConstraint.columns(0.5, "W");
        assertEquals(expected, conf.getConf(0).getLayer().getConstraints().get(0));
        assertEquals(
                expected,
                MultiLayerConfiguration.fromJson(conf.toJson())
                        .getConf(0)
                        .getLayer()
                        .getConstraints()
                        .get(0));
        assertEquals(
                expected,
                MultiLayerConfiguration.fromYaml(conf.toYaml())
                        .getConf(0)
                        .getLayer()
                        .getConstraints()
                        .get(0));
    }

    @Test
    void equalsSeesEveryField() {
        MaxAtomNormConstraint one = MaxAtomNormConstraint.rows(1, "W");
        assertEquals(one, MaxAtomNormConstraint.rows(1, "W"));
        assertNotEquals(one, MaxAtomNormConstraint.rows(2, "W"));
        assertNotEquals(one, MaxAtomNormConstraint.columns(1, "W"));
        assertNotEquals(one, MaxAtomNormConstraint.rows(1, "V"));
    }

    @Test
    void cloneIsEqualAndIndependent() {
        MaxAtomNormConstraint one = MaxAtomNormConstraint.rows(1, "W");
        MaxAtomNormConstraint copy = one.clone();
        assertEquals(one, copy);
        copy.setParams(Set.of("V"));
        assertEquals(Set.of("W"), one.getParams());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void badBoundIsRefused(double bound) {
        String message = assertThrows(IllegalArgumentException.class, () -> MaxAtomNormConstraint.rows(bound, "W"))
                .getMessage();
        assertEquals("maxNorm must be finite and > 0, got " + bound, message);
    }

    @Test
    void missingAtomsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MaxAtomNormConstraint(1, null, Set.of("W")));
    }
}
