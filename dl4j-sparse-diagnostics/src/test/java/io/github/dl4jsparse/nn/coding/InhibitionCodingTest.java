package io.github.dl4jsparse.nn.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.constraint.InhibitionConstraintTest;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.Random;
import java.util.function.Function;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** {@link SparseCodingLayer} with lateral inhibition: with fixed and learned S, and the result of learning. */
class InhibitionCodingTest {
    private static final int INPUTS = 40;
    private static final int BATCH = 50;

    private static INDArray dictionary(int units) {
        return dictionary(1, units);
    }

    private static INDArray dictionary(int seed, int units) {
        INDArray dictionary = Samples.gaussian(seed, INPUTS, units);
        return dictionary.diviRowVector(dictionary.norm2(0)).castTo(DataType.FLOAT);
    }

    private static MultiLayerNetwork network(SparseCodingLayer.Builder layer, int units) {
        return Networks.classifier(new Sgd(0.05), INPUTS, 2, layer.nOut(units).build());
    }

    private static SparseCodingLayer.Builder learning(int units, double weight, LearnedInhibition learned) {
        return new SparseCodingLayer.Builder()
                .penalty(new LateralInhibitionPenalty(weight, InhibitionMatrix.uniform(units, 1), new L1Penalty(0.02))
                        .learned(learned))
                .learningRateFactor(SparseCodingLayer.INHIBITION, 2);
    }

    /** Inputs each made by some of the units, which {@code active} draws. */
    private static DataSet data(int units, int examples, Function<Random, int[]> active) {
        return data(1, units, examples, active);
    }

    private static DataSet data(int seed, int units, int examples, Function<Random, int[]> active) {
        Random random = new Random(seed + 4);
        double[][] codes = new double[examples][units];
        for (double[] code : codes) {
            for (int unit : active.apply(random)) {
                code[unit] = (1 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
            }
        }
        INDArray x = Nd4j.create(codes)
                .castTo(DataType.FLOAT)
                .mmul(dictionary(seed, units).transpose());
        x.addi(Samples.gaussian(DataType.FLOAT, seed + 5, examples, INPUTS).muli(0.02));
        return new DataSet(x, Samples.oneHot(examples, 2).castTo(DataType.FLOAT));
    }

    /** Two units that inhibit each other. */
    private static int[] rivals(InhibitionMatrix planted, Random random) {
        while (true) {
            int i = random.nextInt(planted.units());
            int j = random.nextInt(planted.units());
            if (planted.get(i, j) > 0) {
                return new int[] {i, j};
            }
        }
    }

    private static void pretrain(MultiLayerNetwork net, DataSet data, int epochs) {
        LayerwisePretrainer.builder().epochs(epochs).build().fit(net, new ListDataSetIterator<>(data.asList(), BATCH));
    }

    private static InhibitionMatrix learned(MultiLayerNetwork net) {
        return LearnedInhibition.matrix(net.getParam("0_S"));
    }

    @Test
    void ascentRecoversTheZerosOfARingAndLowersTheCoFiring() {
        int units = 16;
        InhibitionMatrix planted = InhibitionMatrix.ring(units, 2, 4, 1);
        MultiLayerNetwork net = network(learning(units, 2, LearnedInhibition.ascent(1, 0.5)), units);
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        layer.startFrom(dictionary(units));
        DataSet data = data(units, 400, random -> rivals(planted, random));
        double strength = 0;
        double firing = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 3; round++) {
            CoActivation together = CoActivation.of(layer.encode(data.getFeatures()));
            double rivalry = together.mean(planted, false);
            double pairs = meanStrength(learned(net), planted);
            assertTrue(rivalry < firing, "round " + round + ": co-firing " + rivalry + " after " + firing);
            assertTrue(pairs > strength, "round " + round + ": strength " + pairs + " after " + strength);
            firing = rivalry;
            strength = pairs;
            pretrain(net, data, 2);
        }
        pretrain(net, data, 20);
        double auc = CoActivation.zeroRecovery(planted, learned(net));
        assertTrue(auc >= 0.95, "area under the curve " + auc);
    }

    /**
     * The root of a tree inhibits no unit: its column has no sum to keep. The bound has room for the many rivals of a leaf. It was
     * chosen on the first draw, the others are fresh.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 11, 12, 13, 14})
    void ascentRecoversTheZerosOfATreeWhereColumnsMayHaveLess(int seed) {
        InhibitionMatrix planted = InhibitionMatrix.tree(Tree.branching(3, 2, 2), 1);
        int units = planted.units();
        LearnedInhibition how = LearnedInhibition.ascent(3, 0.5).columnSumAtMost();
        SparseCodingLayer.Builder layer = learning(units, 2, how)
                .penalty(new LateralInhibitionPenalty(2, InhibitionMatrix.uniform(units, 0), new L1Penalty(0.02))
                        .learned(how));
        MultiLayerNetwork net = network(layer, units);
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(dictionary(seed, units));
        DataSet data =
                data(seed, units, 600, random -> random.nextInt(7) == 0 ? new int[] {0} : rivals(planted, random));
        pretrain(net, data, 20);
        double auc = CoActivation.zeroRecovery(planted, learned(net));
        assertTrue(auc >= 0.95, "area under the curve " + auc);
    }

    private static double meanStrength(InhibitionMatrix s, InhibitionMatrix planted) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < s.units(); i++) {
            for (int j = 0; j < i; j++) {
                if (planted.get(i, j) > 0) {
                    sum += s.get(i, j);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @Test
    void descentMakesZerosOfUnitsThatBelongTogether() {
        int units = 16;
        InhibitionMatrix planted = InhibitionMatrix.ring(units, 2, 8, 1);
        MultiLayerNetwork net = network(learning(units, 0.5, LearnedInhibition.descent(2, 0.5)), units);
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(dictionary(units));
        // three neighbours on the ring
        DataSet data = data(units, 400, random -> {
            int first = random.nextInt(units);
            return new int[] {first, (first + 1) % units, (first + 2) % units};
        });
        pretrain(net, data, 20);
        double auc = CoActivation.zeroRecovery(planted, learned(net));
        assertTrue(auc >= 0.95, "area under the curve " + auc);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void limitsHoldAfterEveryUpdate(boolean masked) {
        InhibitionMatrix ring = InhibitionMatrix.ring(8, 0, 3, 0.3);
        LearnedInhibition how = LearnedInhibition.ascent(1, 0.4);
        MultiLayerNetwork net = network(
                new SparseCodingLayer.Builder()
                        .penalty(new LateralInhibitionPenalty(0.5, ring).learned(masked ? how.keepingZeros() : how))
                        .learningRateFactor(SparseCodingLayer.INHIBITION, 10)
                        .unsupervisedWeight(0.7),
                8);
        DataSet data = data(8, 60, random -> random.ints(3, 0, 8).toArray());
        INDArray start = net.getParam("0_S").dup();
        for (int k = 0; k < 15; k++) {
            net.fit(data);
            InhibitionConstraintTest.assertLimits(net.getParam("0_S"), 1, 0.4, masked ? ring : null);
            pretrain(net, data, 1);
            InhibitionConstraintTest.assertLimits(net.getParam("0_S"), 1, 0.4, masked ? ring : null);
        }
        assertTrue(Samples.distance(start, net.getParam("0_S")) > 1e-2, "S moves");
    }

    @Test
    void learnedMatrixIsSavedAndUsed() throws Exception {
        MultiLayerNetwork net = network(learning(8, 1, LearnedInhibition.ascent(1, 0.5)), 8);
        DataSet data = data(8, 60, random -> random.ints(3, 0, 8).toArray());
        pretrain(net, data, 2);
        INDArray code = ((UnsupervisedLayer) net.getLayer(0)).encode(data.getFeatures());
        AnyNetwork saved = new AnyNetwork.Stack(net).saved();
        assertEquals(0, Samples.distance(net.params(), saved.params()));
        assertEquals(0, Samples.distance(net.output(data.getFeatures()), saved.output(data.getFeatures())));
        assertEquals(
                0,
                Samples.distance(
                        code, net.feedForward(data.getFeatures(), false).get(1)));
        net.getParam("0_S").assign(0);
        assertTrue(Samples.distance(code, ((UnsupervisedLayer) net.getLayer(0)).encode(data.getFeatures())) > 1e-3);
    }

    @Test
    void energyRisesWithTheInhibitionOfTheParameter() {
        MultiLayerNetwork net = network(learning(8, 1, LearnedInhibition.ascent(1, 0.5)), 8);
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray x = data(8, 20, random -> random.ints(3, 0, 8).toArray()).getFeatures();
        double before = layer.energy(x).penalty();
        INDArray code = layer.encode(x);
        double expected = new LateralInhibitionPenalty(1, learned(net), new L1Penalty(0.02)).value(code) / 20;
        assertEquals(expected, before, 1e-5 * expected);
    }

    @Test
    void fitLeavesTheMatrixAloneWithoutTheUnsupervisedLoss() {
        MultiLayerNetwork net = network(learning(8, 1, LearnedInhibition.ascent(1, 0.5)), 8);
        INDArray start = net.getParam("0_S").dup();
        INDArray dictionary = net.getParam("0_D").dup();
        net.fit(data(8, 60, random -> random.ints(3, 0, 8).toArray()));
        assertEquals(0, Samples.distance(start, net.getParam("0_S")), 1e-7);
        assertTrue(Samples.distance(dictionary, net.getParam("0_D")) > 1e-5);
    }

    @Test
    void badOptionsAreRefusedByName() {
        LateralInhibitionPenalty five =
                new LateralInhibitionPenalty(1, InhibitionMatrix.uniform(5, 1), new L1Penalty(0.1));
        SparseCodingLayer.Builder builder = new SparseCodingLayer.Builder()
                .nOut(4)
                .name("my code")
                .penalty(five.learned(LearnedInhibition.ascent(1, 1)));
        assertEquals(
                "penalty must be for the nOut = 4 units of the layer, got 5 units (layer \"my code\", SparseCodingLayer)",
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage());
        SparseCodingLayer.Builder fixed = new SparseCodingLayer.Builder()
                .nOut(5)
                .penalty(five)
                .learningRateFactor(SparseCodingLayer.INHIBITION, 2);
        String message =
                assertThrows(DL4JInvalidConfigException.class, fixed::build).getMessage();
        assertTrue(message.startsWith("learningRateFactor's parameter must be one of [D], got S"), message);
    }
}
