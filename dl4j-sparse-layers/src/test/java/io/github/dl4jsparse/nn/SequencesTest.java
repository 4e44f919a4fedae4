package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.nn.TimeSteps;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Layers that treat every time step of a sequence alike, in both orders of DL4J's axes, with masked steps. */
@ExtendWith(DoublePrecision.class)
class SequencesTest {
    private static final int UNITS = 4;
    private static final int TIME = 5;
    private static final Groups GROUPS =
            Groups.of(UNITS, new int[][] {{0, 1}, {1, 3}}, new double[][] {{1, 0.5}, {2, 1}});
    /** The first example has three steps, the second all five, the third two. */
    private static final double[][] MASK = {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}, {1, 1, 0, 0, 0}};

    private static List<Layer> layers() {
        InhibitionMatrix ring = InhibitionMatrix.ring(UNITS, 0, 1, 0.8);
        return List.of(
                new GroupSparsityLayer.Builder(GROUPS)
                        .name("under test")
                        .penaltyWeight(0.7)
                        .build(),
                new GroupL2PoolingLayer.Builder(GROUPS)
                        .name("under test")
                        .penaltyWeight(0.4)
                        .build(),
                new LateralInhibitionLayer.Builder(ring).name("under test").build(),
                new LateralInhibitionLayer.Builder(ring)
                        .name("under test")
                        .steps(2)
                        .learn(LearnedInhibition.descent(1.6, 2))
                        .build(),
                new L2NormalizeLayer.Builder().name("under test").build());
    }

    static Stream<Arguments> cases() {
        return Stream.of(RNNFormat.values())
                .flatMap(format -> layers().stream().map(layer -> Arguments.of(layer, format)));
    }

    /** The layer alone, or above a recurrent one. */
    private static MultiLayerNetwork network(Layer layer, RNNFormat format, boolean recurrent) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list();
        if (recurrent) {
            list.layer(
                    new LSTM.Builder().nOut(UNITS).activation(Activation.TANH).build());
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.layer(layer.clone())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(format)
                        .build())
                .setInputType(InputType.recurrent(recurrent ? 3 : UNITS, TIME, format))
                .build());
        net.init();
        return net;
    }

    private static INDArray sequences(long seed, int units, RNNFormat format) {
        INDArray ncw = Samples.gaussian(seed, 3, units, TIME);
        return format == RNNFormat.NCW ? ncw : ncw.permute(0, 2, 1).dup('c');
    }

    private static INDArray labels(RNNFormat format) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 3, 2, TIME);
        for (int b = 0; b < 3; b++) {
            for (int t = 0; t < TIME; t++) {
                labels.putScalar(b, (b + t) % 2, t, 1);
            }
        }
        return format == RNNFormat.NCW ? labels : labels.permute(0, 2, 1).dup('c');
    }

    private static DataSet masked(INDArray x, RNNFormat format) {
        INDArray mask = Nd4j.createFromArray(MASK);
        return new DataSet(x, labels(format), mask, mask.dup());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsPassWithMaskedSteps(Layer layer, RNNFormat format) {
        INDArray mask = Nd4j.createFromArray(MASK);
        MultiLayerNetwork net = network(layer, format, true);
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(net)
                .input(sequences(2, 3, format))
                .labels(labels(format))
                .inputMask(mask)
                .labelMask(mask)
                .excludeParams(Set.of("1_S"))
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-9)));
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(net)
                .input(sequences(3, 3, format))
                .labels(labels(format))
                .excludeParams(Set.of("1_S"))
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-9)));
    }

    /** Every step is what it is as an example of a dense network. */
    @ParameterizedTest
    @MethodSource("cases")
    void stepsAreExamples(Layer layer, RNNFormat format) {
        MultiLayerNetwork net = network(layer, format, false);
        INDArray x = sequences(4, UNITS, format);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray output = net.getLayer(0).activate(x, false, none).dup('c');
        INDArray rows = net.getLayer(0).activate(TimeSteps.rows(x, format), false, none);
        assertEquals(0, Samples.distance(rows, TimeSteps.rows(output, format)), 1e-14);
        assertEquals(sequences(4, UNITS, format), x);
        assertArrayEquals(shape(net, format), output.shape());
    }

    private static long[] shape(MultiLayerNetwork net, RNNFormat format) {
        long[] shape = net.getLayer(0)
                .conf()
                .getLayer()
                .getOutputType(0, InputType.recurrent(UNITS, TIME, format))
                .getShape(true);
        shape[0] = 3;
        return shape;
    }

    /** Values of masked steps change neither the score nor the gradient of the classifier and of S. */
    @ParameterizedTest
    @MethodSource("cases")
    void maskedStepsDoNotCount(Layer layer, RNNFormat format) {
        MultiLayerNetwork net = network(layer, format, false);
        INDArray x = sequences(5, UNITS, format);
        net.setLayerMaskArrays(Nd4j.createFromArray(MASK), Nd4j.createFromArray(MASK));
        double score = net.score(masked(x, format), true);
        INDArray gradient = gradient(net, masked(x, format));
        INDArray other = x.dup();
        for (int b = 0; b < 3; b++) {
            for (int t = 0; t < TIME; t++) {
                for (int unit = 0; MASK[b][t] == 0 && unit < UNITS; unit++) {
                    other.putScalar(
                            format == RNNFormat.NCW ? new int[] {b, unit, t} : new int[] {b, t, unit}, 7 - unit);
                }
            }
        }
        assertEquals(score, net.score(masked(other, format), true), 1e-12);
        assertEquals(0, Samples.distance(gradient, gradient(net, masked(other, format))), 1e-12);
        // steps that count do
        other.muli(1.5);
        assertTrue(
                Math.abs(score - net.score(masked(other, format), true)) > 1e-4 || layer instanceof L2NormalizeLayer);
    }

    private static INDArray gradient(MultiLayerNetwork net, DataSet data) {
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
        net.computeGradientAndScore();
        return net.gradient().gradient().dup();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void savedConfigurationsKeepTheOrderOfAxes(Layer layer, RNNFormat format) {
        MultiLayerConfiguration conf = network(layer, format, true).getLayerWiseConfigurations();
        assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
        assertTrue(conf.toJson().contains("\"sequenceFormat\" : \"" + format + "\""), conf.toJson());
        for (long length : new long[] {-1, TIME}) {
            InputType type = InputType.recurrent(UNITS, length, format);
            assertTrue(conf.getConf(1).getLayer().getMemoryReport(type) != null);
        }
    }

    @Test
    void refusalsNameTheLayer() {
        for (Layer layer : layers()) {
            if (layer instanceof L2NormalizeLayer) {
                continue;
            }
            String message = assertThrows(
                            DL4JInvalidConfigException.class,
                            () -> layer.getOutputType(3, InputType.recurrent(UNITS + 1, TIME)))
                    .getMessage();
            assertTrue(message.contains("5 units") && message.contains("\"under test\", index 3"), message);
            MultiLayerNetwork net = network(layer, RNNFormat.NCW, false);
            assertThrows(DL4JInvalidInputException.class, () -> net.output(Samples.gaussian(1, 3, UNITS + 1, TIME)));
        }
        GroupSparsityLayer windows = new GroupSparsityLayer.Builder()
                .penaltyWeight(1)
                .window(2, 2)
                .name("under test")
                .build();
        assertThrows(
                DL4JInvalidConfigException.class, () -> windows.getOutputType(0, InputType.recurrent(UNITS, TIME)));
    }

    @Test
    void masksOfAnotherLengthAreRefused() {
        MultiLayerNetwork net = network(layers().get(0), RNNFormat.NCW, false);
        INDArray x = sequences(5, UNITS, RNNFormat.NCW);
        net.getLayer(0).setMaskArray(Nd4j.ones(DataType.DOUBLE, 3, TIME - 1));
        String message = assertThrows(DL4JInvalidInputException.class, () -> net.getLayer(0)
                        .activate(x, true, LayerWorkspaceMgr.noWorkspaces()))
                .getMessage();
        assertTrue(message.contains("one per time step, for a batch of 3 with 5 steps each, got [3, 4]"), message);
    }
}
