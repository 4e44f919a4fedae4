package io.github.dl4jsparse.nn.pooling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The contract of both pooling layers, on dense codes and on non-square images of two channels in both data formats.
 */
@ExtendWith(DoublePrecision.class)
abstract class GroupPoolingContract {
    static final int MAPS = 4;
    static final double LAMBDA = 0.7;
    /** Overlapping, weighted, one unit in none. */
    static final Groups GROUPS = Groups.of(MAPS, new int[][] {{0, 1}, {1, 3}}, new double[][] {{1, 0.5}, {2, 1}});

    enum Place {
        DENSE,
        NCHW,
        NHWC;

        boolean isDense() {
            return this == DENSE;
        }

        CNN2DFormat format() {
            return CNN2DFormat.valueOf(name());
        }

        InputType inputType() {
            return isDense() ? InputType.feedForward(3) : InputType.convolutional(6, 5, 2, format());
        }

        INDArray input(int batch, long seed) {
            return switch (this) {
                case DENSE -> Samples.gaussian(seed, batch, 3);
                case NCHW -> Samples.gaussian(seed, batch, 2, 6, 5);
                case NHWC -> Samples.gaussian(seed, batch, 6, 5, 2);
            };
        }

        Layer below() {
            return isDense()
                    ? new DenseLayer.Builder()
                            .nOut(MAPS)
                            .activation(Activation.TANH)
                            .build()
                    : new ConvolutionLayer.Builder(2, 2)
                            .nOut(MAPS)
                            .convolutionMode(ConvolutionMode.Truncate)
                            .dataFormat(format())
                            .activation(Activation.TANH)
                            .build();
        }

        /** The code that a network's first layer gives the layer under test, with the maps second. */
        INDArray maps(INDArray code) {
            return switch (this) {
                case DENSE -> code.reshape(code.size(0), code.size(1), 1, 1);
                case NCHW -> code;
                case NHWC -> code.permute(0, 3, 1, 2);
            };
        }
    }

    abstract GroupPoolingConf.Builder<?> builder(Groups groups);

    final GroupPoolingConf layer(Place place, double penalty, double epsilon) {
        GroupPoolingConf.Builder<?> builder =
                builder(GROUPS).penaltyWeight(penalty).epsilon(epsilon);
        builder.name("pools");
        if (!place.isDense()) {
            builder.window(3, 2).stride(2, 1);
        }
        return builder.build();
    }

    static OutputLayer classifier() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp());
    }

    static MultiLayerNetwork stack(Place place, NeuralNetConfiguration.Builder settings, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(settings.list()
                .layer(place.below())
                .layer(layer)
                .layer(classifier())
                .setInputType(place.inputType())
                .build());
        net.init();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.05));
        return net;
    }

    static ComputationGraph graph(Place place, Layer layer) {
        ComputationGraph net = new ComputationGraph(settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(place.inputType())
                .addLayer("below", place.below(), "in")
                .addLayer("pools", layer, "below")
                .addLayer("out", classifier(), "pools")
                .setOutputs("out")
                .build());
        net.init();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.05));
        return net;
    }

    final List<AnyNetwork> networks(Place place, double penalty) {
        return List.of(
                new AnyNetwork.Stack(stack(place, settings(), layer(place, penalty, 1e-3))),
                new AnyNetwork.Graph(graph(place, layer(place, penalty, 1e-3))));
    }

    static DataSet data(Place place, int batch) {
        return new DataSet(place.input(batch, 2), Samples.oneHot(batch, 3));
    }

    static INDArray code(MultiLayerNetwork net, INDArray x) {
        return net.feedForward(x, false).get(1);
    }

    /** The pools that the layer of {@link #layer} should have of a code. */
    static INDArray expected(Place place, INDArray code, double epsilon) {
        int[] window = place.isDense() ? new int[] {1, 1} : new int[] {3, 2};
        int[] stride = place.isDense() ? new int[] {1, 1} : new int[] {2, 1};
        return PoolingOracle.norms(place.maps(code), GROUPS, window, stride, epsilon);
    }

    static Stream<Place> places() {
        return Stream.of(Place.values());
    }

    @ParameterizedTest
    @MethodSource("places")
    void gradientsPass(Place place) {
        for (double penalty : new double[] {0, LAMBDA}) {
            for (AnyNetwork net : networks(place, penalty)) {
                assertTrue(net.gradientsPass(place.input(2, 2), Samples.oneHot(2, 3), null), place + " " + penalty);
            }
        }
        MultiLayerNetwork sums = stack(place, settings().miniBatch(false), layer(place, LAMBDA, 1e-3));
        assertTrue(new AnyNetwork.Stack(sums).gradientsPass(place.input(2, 2), Samples.oneHot(2, 3), null));
    }

    @ParameterizedTest
    @MethodSource("places")
    void scoreGainsTheMeanOfThePools(Place place) {
        DataSet data = data(place, 3);
        MultiLayerNetwork plain = stack(place, settings(), layer(place, 0, 1e-3));
        double sum = expected(place, code(plain, data.getFeatures()), 1e-3)
                .sumNumber()
                .doubleValue();
        for (boolean training : new boolean[] {false, true}) {
            List<AnyNetwork> without = networks(place, 0);
            List<AnyNetwork> with = networks(place, LAMBDA);
            for (int i = 0; i < with.size(); i++) {
                double expected = without.get(i).score(data, training) + LAMBDA * sum / 3;
                assertEquals(expected, with.get(i).score(data, training), 1e-10);
            }
        }
    }

    /** The pools of masked examples count neither in the score nor in the gradient. */
    @ParameterizedTest
    @MethodSource("places")
    void maskedExamplesPayNothing(Place place) {
        INDArray examples = Nd4j.create(new double[][] {{1}, {0}, {1}});
        INDArray mask = place.isDense() ? examples : examples.reshape(3, 1, 1, 1);
        for (AnyNetwork net : networks(place, LAMBDA)) {
            assertTrue(net.gradientsPass(place.input(3, 2), Samples.oneHot(3, 3), mask), place.toString());
        }
        MultiLayerNetwork net = stack(place, settings(), layer(place, LAMBDA, 1e-3));
        INDArray code = code(net, place.input(3, 2));
        var pools = net.getLayer(1);
        pools.setMaskArray(mask);
        pools.setInput(code, LayerWorkspaceMgr.noWorkspaces());
        pools.activate(true, LayerWorkspaceMgr.noWorkspaces());
        INDArray norms = expected(place, code, 1e-3);
        double sum = norms.slice(0).sumNumber().doubleValue()
                + norms.slice(2).sumNumber().doubleValue();
        assertEquals(LAMBDA * sum / 3, pools.calcRegularizationScore(true), 1e-10);
    }

    /** Single precision gives the scores and outputs of double, up to rounding. */
    @ParameterizedTest
    @MethodSource("places")
    void floatAgreesWithDouble(Place place) {
        MultiLayerNetwork exact = stack(place, settings(), layer(place, LAMBDA, 1e-3));
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        MultiLayerNetwork single = stack(place, settings().dataType(DataType.FLOAT), layer(place, LAMBDA, 1e-3));
        single.setParams(exact.params().castTo(DataType.FLOAT));
        DataSet data = data(place, 3);
        DataSet singleData = new DataSet(
                data.getFeatures().castTo(DataType.FLOAT), data.getLabels().castTo(DataType.FLOAT));
        assertEquals(DataType.FLOAT, single.output(singleData.getFeatures()).dataType());
        assertEquals(
                0, Samples.distance(exact.output(data.getFeatures()), single.output(singleData.getFeatures())), 1e-5);
        assertEquals(exact.score(data, true), single.score(singleData, true), 1e-4);
    }

    @ParameterizedTest
    @MethodSource("places")
    void frozenLayersCarryNoPenaltyGradient(Place place) {
        MultiLayerNetwork plain = stack(place, settings(), layer(place, 0, 1e-3));
        MultiLayerNetwork frozen = stack(place, settings(), new FrozenLayerWithBackprop(layer(place, LAMBDA, 1e-3)));
        for (MultiLayerNetwork net : List.of(plain, frozen)) {
            net.setInput(place.input(2, 2));
            net.setLabels(Samples.oneHot(2, 3));
            net.computeGradientAndScore();
        }
        assertEquals(
                0,
                Samples.distance(plain.gradient().gradient(), frozen.gradient().gradient()));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aBatchIsItsExamples(Place place) {
        INDArray x = place.input(2, 5);
        for (AnyNetwork net : networks(place, LAMBDA)) {
            INDArray both = net.output(x);
            for (int i = 0; i < 2; i++) {
                long[] shape = x.shape().clone();
                shape[0] = 1;
                INDArray one = x.slice(i).dup('c').reshape('c', shape);
                assertEquals(0, Samples.distance(both.getRow(i, true), net.output(one)), 1e-14);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void savesAndLoads(Place place) throws Exception {
        for (AnyNetwork net : networks(place, LAMBDA)) {
            net.copiesOfTheConfiguration().forEach(copy -> assertEquals(net.configuration(), copy));
            INDArray x = place.input(2, 2);
            assertEquals(0, Samples.distance(net.output(x), net.saved().output(x)));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void gradientOfAnAllZeroCodeIsZero(Place place) {
        for (double epsilon : new double[] {0, 1e-6}) {
            MultiLayerNetwork net = stack(place, settings(), layer(place, LAMBDA, epsilon));
            var pools = net.getLayer(1);
            LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
            INDArray zeros = code(net, place.input(2, 2)).ulike().assign(0);
            pools.setInput(zeros, none);
            INDArray out = pools.activate(true, none);
            INDArray gradient =
                    pools.backpropGradient(out.ulike().assign(0), none).getSecond();
            assertEquals(0, gradient.norm1Number().doubleValue(), "zero and not NaN");
        }
    }

    @Test
    void configurationsCompareFieldByField() {
        GroupPoolingConf one = builder(GROUPS).build();
        assertEquals(one, builder(GROUPS).build());
        List<Consumer<GroupPoolingConf.Builder<?>>> changes = List.of(
                b -> b.groups(Groups.blocks(MAPS, 2)),
                b -> b.window(2, 1),
                b -> b.stride(1, 2),
                b -> b.epsilon(0.5),
                b -> b.penaltyWeight(0.5),
                b -> b.dataFormat(CNN2DFormat.NHWC));
        for (Consumer<GroupPoolingConf.Builder<?>> change : changes) {
            GroupPoolingConf.Builder<?> builder = builder(GROUPS);
            change.accept(builder);
            assertNotEquals(one, builder.build());
        }
    }

    private void refused(GroupPoolingConf.Builder<?> builder, String... words) {
        refused(builder, InputType.convolutional(5, 4, MAPS), words);
    }

    private void refused(GroupPoolingConf.Builder<?> builder, InputType input, String... words) {
        builder.name("pools");
        String message = assertThrows(DL4JInvalidConfigException.class, () -> settings()
                        .list()
                        .layer(builder.build())
                        .layer(classifier())
                        .setInputType(input)
                        .build())
                .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
        assertTrue(message.contains("\"pools\""), message);
    }

    @Test
    void badConfigurationsAreRefusedByName() {
        refused(builder(Groups.blocks(6, 2)), "groups", "over the 4 maps", "6 units");
        refused(builder(null).window(6, 1), "window height", "at most the height 5", "got 6");
        refused(builder(null).window(1, 5), "window width", "at most the width 4", "got 5");
        refused(builder(null).window(0, 1), "window height", "at least 1", "got 0");
        refused(builder(null).stride(1, 0), "stride width", "at least 1", "got 0");
        refused(builder(null).epsilon(-1), "epsilon", "-1");
        refused(builder(null).epsilon(Double.NaN), "epsilon", "NaN");
        refused(builder(null).penaltyWeight(-1), "penaltyWeight", "-1");
        refused(builder(null).window(2, 2), InputType.feedForward(4), "2 x 2", "convolutional input");
        refused(builder(Groups.blocks(6, 2)), InputType.feedForward(4), "over the 4 units", "6 units");
        refused(builder(null).window(2, 2), InputType.recurrent(4), "2 x 2", "convolutional input");
        refused(builder(Groups.blocks(6, 2)), InputType.recurrent(4), "over the 4 units", "6 units");
        refused(builder(null), InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 2, 2, 2, 4), "input type");
    }

    @Test
    void badInputIsRefusedByName() {
        MultiLayerNetwork net = stack(Place.NCHW, settings(), layer(Place.NCHW, 0, 1e-3));
        for (INDArray bad : List.of(
                Nd4j.ones(DataType.DOUBLE, 2, 3, 5, 4),
                Nd4j.ones(DataType.DOUBLE, 2, MAPS, 2, 4),
                Nd4j.ones(DataType.DOUBLE, 2, MAPS),
                Nd4j.ones(DataType.DOUBLE, 2, MAPS, 5))) {
            var pools = net.getLayer(1);
            pools.setInput(bad, LayerWorkspaceMgr.noWorkspaces());
            String message = assertThrows(
                            DL4JInvalidInputException.class,
                            () -> pools.activate(false, LayerWorkspaceMgr.noWorkspaces()))
                    .getMessage();
            assertTrue(message.contains("pools"), message);
        }
    }
}
