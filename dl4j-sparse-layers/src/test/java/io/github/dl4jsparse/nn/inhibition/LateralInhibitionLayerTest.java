package io.github.dl4jsparse.nn.inhibition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.constraint.InhibitionConstraintTest;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

@ExtendWith(DoublePrecision.class)
class LateralInhibitionLayerTest {
    private static final int UNITS = 4;
    static final double ALPHA = 0.7;
    static final InhibitionMatrix MATRIX =
            InhibitionMatrix.of(new double[][] {{0.2, 1, 0, 0.5}, {1, 0, 0.3, 0}, {0, 0.3, 0, 2}, {0.5, 0, 2, 0}});

    enum Place {
        DENSE,
        NCHW,
        NHWC;

        CNN2DFormat format() {
            return CNN2DFormat.valueOf(name());
        }

        InputType inputType() {
            return this == DENSE ? InputType.feedForward(3) : InputType.convolutional(5, 4, 2, format());
        }

        INDArray input(int batch, long seed) {
            return switch (this) {
                case DENSE -> Samples.gaussian(seed, batch, 3);
                case NCHW -> Samples.gaussian(seed, batch, 2, 5, 4);
                case NHWC -> Samples.gaussian(seed, batch, 5, 4, 2);
            };
        }

        Layer below() {
            return this == DENSE
                    ? new DenseLayer.Builder()
                            .nOut(UNITS)
                            .activation(Activation.TANH)
                            .build()
                    : new ConvolutionLayer.Builder(2, 2)
                            .nOut(UNITS)
                            .dataFormat(format())
                            .activation(Activation.TANH)
                            .build();
        }

        /** A row for each example or position of its maps. */
        INDArray rows(INDArray code) {
            return switch (this) {
                case DENSE -> code;
                case NCHW -> code.permute(0, 2, 3, 1).dup('c').reshape('c', code.length() / UNITS, UNITS);
                case NHWC -> code.dup('c').reshape('c', code.length() / UNITS, UNITS);
            };
        }
    }

    /** Of a layer that inhibits as the matrix says. */
    static LateralInhibitionLayer.Builder builder() {
        return new LateralInhibitionLayer.Builder(MATRIX).penaltyWeight(ALPHA).name("inhibited");
    }

    /** Of a layer that learns its matrix. */
    static LateralInhibitionLayer.Builder learning() {
        return new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(UNITS, 0.4))
                .penaltyWeight(ALPHA)
                .learn(LearnedInhibition.ascent(1.2, 0.9))
                .name("inhibited");
    }

    static Stream<LateralInhibitionLayer.Builder> variants() {
        return Stream.of(
                builder(),
                builder().steps(3),
                learning(),
                learning().steps(2),
                builder().penaltyWeight(0).steps(1));
    }

    private static OutputLayer classifier() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static NeuralNetConfiguration.Builder settings(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(updater);
    }

    private static MultiLayerNetwork stack(Place place, NeuralNetConfiguration.Builder settings, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(settings.list()
                .layer(place.below())
                .layer(layer)
                .layer(classifier())
                .setInputType(place.inputType())
                .build());
        net.init();
        net.getParam("0_W")
                .addi(Samples.gaussian(9, net.getParam("0_W").shape()).muli(0.3));
        return net;
    }

    private static ComputationGraph graph(Place place, Layer layer) {
        ComputationGraph net = new ComputationGraph(settings(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(place.inputType())
                .addLayer("below", place.below(), "in")
                .addLayer("inhibited", layer, "below")
                .addLayer("out", classifier(), "inhibited")
                .setOutputs("out")
                .build());
        net.init();
        return net;
    }

    private static INDArray labels(int batch) {
        return Samples.oneHot(batch, 3);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void gradientsPass(Place place) {
        for (int steps : new int[] {0, 1, 4}) {
            for (boolean miniBatch : new boolean[] {true, false}) {
                var settings = settings(new NoOp()).miniBatch(miniBatch);
                AnyNetwork net = new AnyNetwork.Stack(
                        stack(place, settings, builder().steps(steps).build()));
                assertTrue(net.gradientsPass(place.input(2, 2), labels(2), null), place + ", " + steps + " steps");
            }
            AnyNetwork graph =
                    new AnyNetwork.Graph(graph(place, builder().steps(steps).build()));
            assertTrue(graph.gradientsPass(place.input(2, 2), labels(2), null), place + ", " + steps + " steps");
        }
    }

    @Test
    void maskedExamplesPayNothing() {
        INDArray mask = Nd4j.create(new double[][] {{1}, {0}, {1}});
        for (int steps : new int[] {0, 2}) {
            AnyNetwork net = new AnyNetwork.Stack(stack(
                    Place.DENSE, settings(new NoOp()), builder().steps(steps).build()));
            assertTrue(net.gradientsPass(Place.DENSE.input(3, 2), labels(3), mask), steps + " steps");
        }
    }

    @ParameterizedTest
    @EnumSource(LearnedInhibition.Direction.class)
    void learnedMatrixHasTheGradientOfTheEnergyInItsDirection(LearnedInhibition.Direction direction) {
        LearnedInhibition learned = new LearnedInhibition(direction, 1.2, 0.9, false);
        MultiLayerNetwork net = stack(
                Place.DENSE, settings(new NoOp()), learning().learn(learned).build());
        DataSet data = new DataSet(Place.DENSE.input(3, 2), labels(3));
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.computeGradientAndScore();
        INDArray s = net.getParam("1_S");
        INDArray gradient = net.gradient().getGradientFor("1_S").dup();
        double h = 1e-5;
        for (int i = 0; i < UNITS; i++) {
            for (int j = 0; j < i; j++) {
                double old = s.getDouble(i, j);
                double[] scores = new double[2];
                for (int side = 0; side < 2; side++) {
                    s.putScalar(i, j, old + (side == 0 ? h : -h));
                    s.putScalar(j, i, s.getDouble(i, j));
                    scores[side] = net.score(data, true);
                }
                s.putScalar(i, j, old);
                s.putScalar(j, i, old);
                double expected = 3 * (scores[0] - scores[1]) / (2 * h);
                double sign = direction == LearnedInhibition.Direction.ASCENT ? -1 : 1;
                assertTrue(expected > 1e-3, "a derivative of " + expected + " tells nothing");
                assertEquals(sign * expected, gradient.getDouble(i, j) + gradient.getDouble(j, i), 1e-6);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void scoreGainsTheMeanEnergyOfTheOutput(Place place) {
        DataSet data = new DataSet(place.input(3, 2), labels(3));
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(ALPHA, MATRIX);
        for (int steps : new int[] {0, 2}) {
            MultiLayerNetwork net =
                    stack(place, settings(new NoOp()), builder().steps(steps).build());
            INDArray out = net.feedForward(data.getFeatures(), false).get(2);
            double energy = penalty.value(place.rows(out)) / 3;
            assertTrue(energy > 0.01);
            net.getLayer(1).conf();
            double with = net.score(data, true);
            net.output(data.getFeatures());
            double supervised = -Transforms.log(net.output(data.getFeatures()))
                            .mul(data.getLabels())
                            .sumNumber()
                            .doubleValue()
                    / 3;
            assertEquals(supervised + energy, with, 1e-9);
            assertEquals(supervised + energy, net.score(data, false), 1e-9);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void withoutStepsTheInputPasses(Place place) {
        MultiLayerNetwork net = stack(place, settings(new NoOp()), builder().build());
        List<INDArray> activations = net.feedForward(place.input(2, 2), false);
        assertEquals(0, Samples.distance(activations.get(1), activations.get(2)));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void stepsLowerTheEnergyOfANearbyCode(Place place) {
        INDArray x = place.input(2, 4);
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(ALPHA, MATRIX);
        Energy energy = new Energy(new DenseOperator(Nd4j.eye(UNITS).castTo(DataType.DOUBLE)), penalty);
        double before = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < 12; steps++) {
            MultiLayerNetwork net =
                    stack(place, settings(new NoOp()), builder().steps(steps).build());
            List<INDArray> activations = net.feedForward(x, false);
            INDArray a = place.rows(activations.get(1));
            INDArray y = place.rows(activations.get(2));
            double value = energy.value(a, y);
            assertTrue(value <= before + 1e-14, steps + ": " + value + " after " + before);
            before = value;
            // the formula of one step more, by itself
            MultiLayerNetwork next = stack(
                    place, settings(new NoOp()), builder().steps(steps + 1).build());
            INDArray m = Transforms.abs(y, true);
            double rho = 2 * ALPHA * MATRIX.spectralBound();
            INDArray expected = Transforms.max(
                            Transforms.abs(a, true)
                                    .addi(m.mul(rho))
                                    .subi(m.mmul(Nd4j.create(MATRIX.toArray())).muli(2 * ALPHA))
                                    .divi(1 + rho),
                            0,
                            false)
                    .muli(Transforms.sign(a, true));
            assertEquals(
                    0,
                    Samples.distance(
                            expected, place.rows(next.feedForward(x, false).get(2))),
                    1e-12);
        }
    }

    @Test
    void limitsHoldAfterEveryUpdate() {
        InhibitionMatrix ring = InhibitionMatrix.ring(UNITS, 0, 1, 1);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            for (boolean masked : new boolean[] {false, true}) {
                LearnedInhibition learned = LearnedInhibition.ascent(1.2, 0.9);
                MultiLayerNetwork net = stack(
                        Place.DENSE,
                        settings(new Sgd(0.5)).dataType(type),
                        new LateralInhibitionLayer.Builder(ring)
                                .learn(masked ? learned.keepingZeros() : learned)
                                .learningRateFactor(3)
                                .build());
                INDArray start = net.getParam("1_S").dup();
                for (int k = 0; k < 40; k++) {
                    net.fit(Place.DENSE.input(5, k).castTo(type), labels(5).castTo(type));
                    InhibitionConstraintTest.assertLimits(net.getParam("1_S"), 1.2, 0.9, masked ? ring : null);
                }
                assertTrue(Samples.distance(start, net.getParam("1_S")) > 1e-3, "S moves");
            }
        }
    }

    @Test
    void ascentSilencesUnitsThatFireTogether() {
        // units 0 and 1 are driven by one input, 2 and 3 by another
        MultiLayerNetwork net = stack(
                Place.DENSE,
                settings(new Sgd(0.05)),
                learning()
                        .penaltyWeight(0.6)
                        .steps(20)
                        .learn(LearnedInhibition.ascent(1.2, 1))
                        .learningRateFactor(2)
                        .build());
        INDArray w = Nd4j.create(new double[][] {{1, 0.9, 0, 0}, {0, 0, 1, 0.9}, {0, 0, 0, 0}});
        INDArray x = Transforms.abs(Place.DENSE.input(30, 1), false).muli(Samples.oneHot(30, 3));
        double[] together = new double[2];
        double[] strength = new double[2];
        for (int k = 0; k <= 60; k++) {
            net.setParam("0_W", w.dup());
            if (k == 0 || k == 60) {
                INDArray y = Transforms.abs(net.feedForward(x, false).get(2), true);
                together[k / 60] =
                        y.getColumn(0).mul(y.getColumn(1)).sumNumber().doubleValue();
                strength[k / 60] = net.getParam("1_S").getDouble(0, 1);
            }
            net.fit(x, labels(30));
        }
        assertTrue(strength[1] > strength[0] + 0.1, "S from " + strength[0] + " to " + strength[1]);
        assertTrue(together[1] < 0.8 * together[0], "co-firing from " + together[0] + " to " + together[1]);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void savesAndLoads(LateralInhibitionLayer.Builder variant) throws Exception {
        for (Place place : Place.values()) {
            LateralInhibitionLayer layer = variant.build();
            for (AnyNetwork net : List.of(
                    new AnyNetwork.Stack(stack(place, settings(new NoOp()), layer)),
                    new AnyNetwork.Graph(graph(place, layer)))) {
                net.copiesOfTheConfiguration().forEach(copy -> assertEquals(net.configuration(), copy));
                INDArray x = place.input(2, 2);
                assertEquals(0, Samples.distance(net.output(x), net.saved().output(x)));
                assertEquals(0, Samples.distance(net.params(), net.saved().params()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void clonesAndBatchesAgree(LateralInhibitionLayer.Builder variant) {
        MultiLayerNetwork net = stack(Place.DENSE, settings(new NoOp()), variant.build());
        INDArray x = Place.DENSE.input(3, 2);
        INDArray out = net.output(x);
        assertEquals(0, Samples.distance(out, net.clone().output(x)));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    0,
                    Samples.distance(
                            out.getRow(i, true), net.output(x.getRow(i, true).dup())),
                    1e-14);
        }
        assertFalse(net.summary().isEmpty());
        assertEquals(
                variant.build().getLearned() == null ? 0 : 16, net.getLayer(1).numParams());
    }

    @Test
    void frozenLayersCarryNoEnergyGradient() {
        MultiLayerNetwork plain = stack(
                Place.DENSE, settings(new NoOp()), builder().penaltyWeight(0).build());
        MultiLayerNetwork frozen = stack(
                Place.DENSE,
                settings(new NoOp()),
                new FrozenLayerWithBackprop(builder().build()));
        for (MultiLayerNetwork net : List.of(plain, frozen)) {
            net.setInput(Place.DENSE.input(2, 2));
            net.setLabels(labels(2));
            net.computeGradientAndScore();
        }
        assertEquals(
                0,
                Samples.distance(plain.gradient().gradient(), frozen.gradient().gradient()));
    }

    @Test
    void badInputIsRefusedByName() {
        MultiLayerNetwork net =
                stack(Place.NCHW, settings(new NoOp()), builder().build());
        for (INDArray bad : List.of(
                Nd4j.ones(DataType.DOUBLE, 2, 3, 5, 4),
                Nd4j.ones(DataType.DOUBLE, 2, 5),
                Nd4j.ones(DataType.DOUBLE, 2, UNITS, 5))) {
            var layer = net.getLayer(1);
            layer.setInput(bad, LayerWorkspaceMgr.noWorkspaces());
            String message = assertThrows(
                            DL4JInvalidInputException.class,
                            () -> layer.activate(false, LayerWorkspaceMgr.noWorkspaces()))
                    .getMessage();
            assertTrue(message.contains("inhibited"), message);
        }
    }
}
