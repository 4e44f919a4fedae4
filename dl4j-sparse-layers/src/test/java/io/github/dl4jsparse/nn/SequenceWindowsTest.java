package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.nn.StepMask;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Windows and neighbourhoods in time are those of images of one row, forward and backward. */
@ExtendWith(DoublePrecision.class)
class SequenceWindowsTest {
    private static final int UNITS = 4;
    private static final int TIME = 9;
    private static final int BATCH = 2;

    private static List<Supplier<Layer>> layers() {
        return List.of(
                () -> new GroupL2PoolingLayer.Builder(Groups.blocks(UNITS, 2))
                        .window(1, 3)
                        .stride(1, 2)
                        .penaltyWeight(0.3)
                        .build(),
                () -> new GroupL2PoolingLayer.Builder().window(2).build(),
                () -> new LocalContrastLayer.Builder().window(5).build());
    }

    static Stream<Arguments> cases() {
        return Stream.of(RNNFormat.values())
                .flatMap(format -> Stream.of(0, 1, 2).map(layer -> Arguments.of(layer, format)));
    }

    private static org.deeplearning4j.nn.api.Layer layer(Supplier<Layer> conf, InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(conf.get())
                .setInputType(type)
                .build());
        net.init();
        return net.getLayer(0);
    }

    private static INDArray asImages(INDArray sequences, RNNFormat format) {
        INDArray first = format == RNNFormat.NWC ? sequences.permute(0, 2, 1) : sequences;
        return first.dup('c').reshape('c', first.size(0), first.size(1), 1, first.size(2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outputsAndGradients(int number, RNNFormat format) {
        var own = layer(layers().get(number), InputType.recurrent(UNITS, TIME, format));
        var images = layer(layers().get(number), InputType.convolutional(1, TIME, UNITS));
        INDArray x = format == RNNFormat.NCW
                ? Samples.gaussian(3, BATCH, UNITS, TIME)
                : Samples.gaussian(3, BATCH, TIME, UNITS);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        own.setInput(x, none);
        images.setInput(asImages(x, format), none);
        INDArray output = own.activate(true, none);
        assertEquals(images.activate(true, none), asImages(output, format));
        INDArray epsilon = Samples.gaussian(5, output.shape());
        INDArray expected =
                images.backpropGradient(asImages(epsilon, format), none).getSecond();
        INDArray found = own.backpropGradient(epsilon, none).getSecond();
        assertEquals(expected, asImages(found, format));
        assertTrue(found.amaxNumber().doubleValue() > 0.01);
        assertEquals(images.calcRegularizationScore(false), own.calcRegularizationScore(false));
    }

    @Test
    void lengthsAreKnownWhereThoseOfTheInputAre() {
        Layer pools = layers().get(0).get();
        assertEquals(InputType.recurrent(2, 4), pools.getOutputType(0, InputType.recurrent(UNITS, TIME)));
        assertEquals(InputType.recurrent(2, -1), pools.getOutputType(0, InputType.recurrent(UNITS)));
    }

    @Test
    void masksOfStepsBecomeMasksOfWindows() {
        INDArray mask = Nd4j.create(new double[][] {{1, 1, 1, 1, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1, 1, 1, 1}});
        var pools = layer(layers().get(0), InputType.recurrent(UNITS, TIME));
        INDArray found =
                pools.feedForwardMaskArray(mask, MaskState.Active, BATCH).getFirst();
        assertEquals(Nd4j.create(new double[][] {{1, 1, 0, 0}, {1, 1, 1, 1}}), found);
        LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
        INDArray x = Samples.gaussian(3, BATCH, UNITS, TIME);
        pools.setInput(x, none);
        INDArray norms = pools.activate(true, none);
        double sum = norms.mul(found.reshape('c', BATCH, 1, 4).broadcast(norms.shape()))
                .sumNumber()
                .doubleValue();
        assertEquals(0.3 * sum / BATCH, pools.calcRegularizationScore(false), 1e-12);
    }

    @Test
    void stepMasks() {
        INDArray mask = Nd4j.create(new double[][] {{1, 0, 0}, {1, 1, 0}});
        StepMask steps = StepMask.of(mask, 2, 3, "layer");
        assertArrayEquals(
                new double[] {1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0},
                steps.elements(2, DataType.DOUBLE).data().asDouble());
        assertEquals(Nd4j.create(new double[][] {{1, 0}, {1, 1}}), steps.positions(2, 1, 0, 2));
        assertEquals(null, StepMask.of(Nd4j.ones(DataType.DOUBLE, 2, 1), 2, 3, "layer"));
        assertEquals(null, StepMask.of(null, 2, 3, "layer"));
        assertThrows(DL4JInvalidInputException.class, () -> StepMask.of(mask, 2, 4, "layer"));
    }
}
