package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.constraint.InhibitionConstraintTest;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.UnitPruner;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link ListaLayer} with an inhibition matrix that it learns. */
class ListaInhibitionTest {
    private static final int INPUTS = 12;
    private static final int UNITS = 8;
    private static final String MATRIX = "0_" + ListaLayer.INHIBITION;
    private static final double ALPHA = 0.5;
    private static final L1Penalty L1 = new L1Penalty(0.02);
    private static final LearnedInhibition ASCENT = LearnedInhibition.ascent(1, 0.4);

    private static final LateralInhibitionPenalty FIXED =
            new LateralInhibitionPenalty(ALPHA, InhibitionMatrix.uniform(UNITS, 0.1), L1);

    private static ListaLayer.Builder layer(LearnedInhibition learned) {
        return new ListaLayer.Builder()
                .nOut(UNITS)
                .iterations(3)
                .shrinkage(Shrinkage.SOFT)
                .penalty(FIXED.learned(learned))
                .learningRateFactor(ListaLayer.INHIBITION, 5)
                .unsupervisedWeight(0.7);
    }

    private static MultiLayerNetwork network(ListaLayer.Builder layer) {
        return Networks.classifier(new Sgd(0.05), INPUTS, 2, layer.build());
    }

    private static DataSet data() {
        return new DataSet(
                Samples.gaussian(DataType.FLOAT, 3, 40, INPUTS),
                Samples.oneHot(40, 2).castTo(DataType.FLOAT));
    }

    private static void pretrain(MultiLayerNetwork net, DataSet data) {
        LayerwisePretrainer.builder().epochs(1).build().fit(net, new ListDataSetIterator<>(data.asList(), 10));
    }

    private static UnsupervisedLayer code(MultiLayerNetwork net) {
        return (UnsupervisedLayer) net.getLayer(0);
    }

    private static Map<String, INDArray> gradients(LearnedInhibition learned) {
        MultiLayerNetwork net = network(layer(learned));
        net.setInput(data().getFeatures());
        net.setLabels(data().getLabels());
        net.computeGradientAndScore();
        return net.gradient().gradientForVariable();
    }

    /** The contract checks the gradient of descent by finite differences. */
    @Test
    void ascentFollowsTheNegativeOfTheGradientAndNothingElseChanges() {
        Map<String, INDArray> up = gradients(ASCENT);
        Map<String, INDArray> down = gradients(LearnedInhibition.descent(1, 0.4));
        assertEquals(down.keySet(), up.keySet());
        assertTrue(down.get(MATRIX).norm2Number().doubleValue() > 0.1);
        up.forEach((name, gradient) ->
                assertEquals(MATRIX.equals(name) ? down.get(name).neg() : down.get(name), gradient, name));
    }

    @Test
    void gradientIsThatOfTheCodesMagnitudes() {
        MultiLayerNetwork net = network(layer(ASCENT));
        INDArray x = data().getFeatures();
        INDArray magnitudes = Transforms.abs(code(net).encode(x), true);
        INDArray expected = magnitudes.transpose().mmul(magnitudes).muli(-ALPHA * 0.7);
        for (int i = 0; i < UNITS; i++) {
            expected.putScalar(i, i, 0);
        }
        assertEquals(0, Samples.distance(expected, gradients(ASCENT).get(MATRIX)), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void limitsHoldAfterEveryUpdate(boolean masked) {
        InhibitionMatrix ring = InhibitionMatrix.ring(UNITS, 0, 3, 0.3);
        LearnedInhibition how = masked ? ASCENT.keepingZeros() : ASCENT;
        MultiLayerNetwork net = network(layer(how).penalty(new LateralInhibitionPenalty(ALPHA, ring, L1).learned(how)));
        INDArray start = net.getParam(MATRIX).dup();
        DataSet data = data();
        for (int k = 0; k < 12; k++) {
            INDArray before = net.getParam(MATRIX).dup();
            net.fit(data);
            InhibitionConstraintTest.assertLimits(net.getParam(MATRIX), 1, 0.4, masked ? ring : null);
            pretrain(net, data);
            InhibitionConstraintTest.assertLimits(net.getParam(MATRIX), 1, 0.4, masked ? ring : null);
            net.pretrainLayer(0, data.getFeatures());
            InhibitionConstraintTest.assertLimits(net.getParam(MATRIX), 1, 0.4, masked ? ring : null);
            assertTrue(k > 0 || Samples.distance(before, net.getParam(MATRIX)) > 1e-3, "S moves");
        }
        assertTrue(Samples.distance(start, net.getParam(MATRIX)) > 1e-2, "S moves");
    }

    @ParameterizedTest
    @EnumSource(LearnedInhibition.Direction.class)
    void strengthGoesWhereUnitsFireTogetherOrAwayFromThere(LearnedInhibition.Direction direction) {
        // the first half of the units belongs to inputs of one kind, the second half to those of the other
        MultiLayerNetwork net = network(layer(new LearnedInhibition(direction, 1, 0.4, false)));
        INDArray atoms = Samples.gaussian(DataType.FLOAT, 4, INPUTS, UNITS);
        atoms.diviRowVector(atoms.norm2(0));
        code(net).startFrom(atoms);
        INDArray codes = Samples.gaussian(DataType.FLOAT, 5, 40, UNITS);
        for (int i = 0; i < 40; i++) {
            for (int unit = 0; unit < UNITS; unit++) {
                if (unit / (UNITS / 2) != i % 2) {
                    codes.putScalar(i, unit, 0);
                }
            }
        }
        DataSet data = new DataSet(codes.mmul(atoms.transpose()), data().getLabels());
        double before = within(net.getParam(MATRIX));
        for (int k = 0; k < 10; k++) {
            pretrain(net, data);
        }
        double gain = within(net.getParam(MATRIX)) - before;
        assertTrue(direction == LearnedInhibition.Direction.ASCENT ? gain > 0.5 : gain < -0.5, "gain " + gain);
    }

    /** The strength between units of the same half. */
    private static double within(INDArray s) {
        double sum = 0;
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < UNITS; j++) {
                sum += i / (UNITS / 2) == j / (UNITS / 2) ? s.getDouble(i, j) : 0;
            }
        }
        return sum;
    }

    @Test
    void energyIsThatOfTheParameterAndIsSaved() throws Exception {
        MultiLayerNetwork net = network(layer(ASCENT));
        DataSet data = data();
        pretrain(net, data);
        INDArray x = data.getFeatures();
        Penalty learned = new LateralInhibitionPenalty(ALPHA, LearnedInhibition.matrix(net.getParam(MATRIX)), L1);
        double expected = learned.value(code(net).encode(x)) / 40;
        assertEquals(expected, code(net).energy(x).penalty(), 1e-5 * expected);
        MultiLayerNetwork saved = ((AnyNetwork.Stack) new AnyNetwork.Stack(net).saved()).model();
        assertEquals(net.getParam(MATRIX), saved.getParam(MATRIX));
        assertEquals(net.score(data), saved.score(data));
        saved.getParam(MATRIX).assign(0);
        assertTrue(Math.abs(net.score(data) - saved.score(data)) > 1e-3, "the score does not see S");
    }

    @Test
    void fitLeavesTheMatrixAloneWithoutTheUnsupervisedLoss() {
        MultiLayerNetwork net = network(layer(ASCENT).unsupervisedWeight(0));
        INDArray start = net.getParam(MATRIX).dup();
        net.fit(data());
        assertEquals(0, Samples.distance(start, net.getParam(MATRIX)), 1e-7);
        pretrain(net, data());
        assertTrue(Samples.distance(start, net.getParam(MATRIX)) > 1e-3, "pre-training moves S");
    }

    @Test
    void matrixGoesWithTheDecoder() {
        MultiLayerNetwork net = network(layer(ASCENT));
        pretrain(net, data());
        MultiLayerNetwork bare = Decoders.remove(net);
        assertFalse(bare.paramTable().containsKey(MATRIX));
        assertEquals(net.output(data().getFeatures()), bare.output(data().getFeatures()));
        bare.fit(data());
    }

    @Test
    void matrixIsCutWithItsUnits() {
        MultiLayerNetwork net = network(layer(ASCENT));
        pretrain(net, data());
        int[] kept = {0, 2, 3, 6, 7};
        MultiLayerNetwork cut = UnitPruner.prune(net, 0, kept);
        INDArray s = cut.getParam(MATRIX);
        for (int i = 0; i < kept.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                assertEquals(net.getParam(MATRIX).getDouble(kept[i], kept[j]), s.getDouble(i, j));
            }
        }
        cut.fit(data());
        InhibitionConstraintTest.assertLimits(cut.getParam(MATRIX), 1, 0.4, null);
    }

    @Test
    void badOptionsAreRefusedByName() {
        ListaLayer.Builder builder = layer(ASCENT).penalty(FIXED).name("my code");
        String message =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertTrue(
                message.startsWith("learningRateFactor's parameter must be one of ")
                        && message.endsWith("got Si (layer \"my code\", ListaLayer)"),
                message);
        ListaLayer.Builder others = layer(ASCENT).nOut(UNITS + 1);
        assertThrows(DL4JInvalidConfigException.class, others::build);
    }
}
