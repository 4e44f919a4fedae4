package io.github.dl4jsparse.train;

import static io.github.dl4jsparse.train.PrunedNetworks.CLASSES;
import static io.github.dl4jsparse.train.PrunedNetworks.layer;
import static io.github.dl4jsparse.train.PrunedNetworks.output;
import static io.github.dl4jsparse.train.PrunedNetworks.pruned;
import static io.github.dl4jsparse.train.PrunedNetworks.silence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** {@link UnitUsage} of the maps of a convolutional encoder, on images of two channels, 5 x 4 pixels. */
class UsageOfMapsTest {
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;
    private static final int MAPS = 4;
    private static final int EXAMPLES = 20;
    private static final double THRESHOLD = 0.35;
    private static final INDArray IMAGES = Samples.gaussian(1, EXAMPLES, 2, HEIGHT, WIDTH);

    private static INDArray images(CNN2DFormat format) {
        return format == CNN2DFormat.NCHW ? IMAGES : IMAGES.permute(0, 2, 3, 1).dup('c');
    }

    private static DataSetIterator heldOut(CNN2DFormat format) {
        DataSet data = new DataSet(images(format), Samples.oneHot(EXAMPLES, CLASSES));
        // the last batch is smaller
        return new ListDataSetIterator<>(data.asList(), 7);
    }

    private static AnyNetwork network(boolean graph, CNN2DFormat format, Layer... layers) {
        InputType inputs = InputType.convolutional(HEIGHT, WIDTH, 2, format);
        return PrunedNetworks.chain(graph, new Sgd(0.1), inputs, layers);
    }

    /** Map 2 is silent; map 1 is active in a few positions. */
    private static AnyNetwork network(boolean graph, CNN2DFormat format) {
        ConvolutionalListaLayer encoder = new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(MAPS)
                .iterations(2)
                .dataFormat(format)
                .penalty(new L1Penalty(0.1))
                .build();
        AnyNetwork net = network(graph, format, encoder, output());
        layer(net, 0).getParam("b").getColumn(1).assign(0.15);
        silence(layer(net, 0), 2);
        return net;
    }

    private static UnitUsage usage(AnyNetwork net, CNN2DFormat format) {
        return net.model() instanceof MultiLayerNetwork stack
                ? UnitUsage.of(stack, 0, heldOut(format), THRESHOLD)
                : UnitUsage.of(
                        (ComputationGraph) net.model(),
                        "layer0",
                        new MultiDataSetIteratorAdapter(heldOut(format)),
                        THRESHOLD);
    }

    /** The code {@code [images, maps, height, width]}. */
    private static INDArray code(AnyNetwork net, CNN2DFormat format) {
        INDArray code = ((UnsupervisedLayer) layer(net, 0)).encode(images(format));
        return format == CNN2DFormat.NCHW ? code : code.permute(0, 3, 1, 2);
    }

    private static boolean active(INDArray code, int image, int map, int y, int x) {
        return Math.abs(code.getDouble(image, map, y, x)) > THRESHOLD;
    }

    private static long activePlaces(INDArray code, int image, int map) {
        return IntStream.range(0, HEIGHT * WIDTH)
                .filter(place -> active(code, image, map, place / WIDTH, place % WIDTH))
                .count();
    }

    private static double share(IntPredicate ofImages) {
        return (double) IntStream.range(0, EXAMPLES).filter(ofImages).count() / EXAMPLES;
    }

    @ParameterizedTest
    @CsvSource({"NCHW,false", "NHWC,false", "NCHW,true", "NHWC,true"})
    void aMapIsActiveWhereAnyOfItsPlacesIs(CNN2DFormat format, boolean graph) {
        AnyNetwork net = network(graph, format);
        UnitUsage usage = usage(net, format);
        INDArray z = code(net, format);
        assertEquals(MAPS, usage.units());
        assertEquals(EXAMPLES, usage.examples());
        for (int map = 0; map < MAPS; map++) {
            int m = map;
            assertEquals(share(i -> activePlaces(z, i, m) > 0), usage.frequency(map), 1e-12);
            long places = IntStream.range(0, EXAMPLES)
                    .mapToLong(i -> activePlaces(z, i, m))
                    .sum();
            assertEquals((double) places / (EXAMPLES * HEIGHT * WIDTH), usage.positionFrequency(map), 1e-12);
        }
        assertTrue(usage.frequency(1) > 0.05 && usage.frequency(1) < 0.95, "tells something: " + usage.frequency(1));
        assertTrue(usage.positionFrequency(0) < 0.9 * usage.frequency(0));
        assertArrayEquals(new int[] {2}, usage.deadUnits());
        // the positions of the two need not be the same
        IntPredicate both = i -> activePlaces(z, i, 1) > 0 && activePlaces(z, i, 3) > 0;
        assertEquals(
                share(both) / share(i -> activePlaces(z, i, 3) > 0),
                usage.conditionalFrequency(new int[] {1}, 3),
                1e-12);
        assertEquals(
                share(i -> activePlaces(z, i, 1) > 0 || activePlaces(z, i, 2) > 0),
                usage.frequencyOfAny(new int[] {1, 2}),
                1e-12);
    }

    /** A filter overlaps with itself at the next position, so that its norm does not tell. */
    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void energyShareIsThatOfWhatTheMapAloneReconstructs(CNN2DFormat format) {
        AnyNetwork net = network(false, format);
        UnitUsage usage = usage(net, format);
        UnsupervisedLayer layer = (UnsupervisedLayer) layer(net, 0);
        INDArray x = images(format);
        double squares = x.mul(x).sumNumber().doubleValue();
        double largest = 0;
        for (int map = 0; map < MAPS; map++) {
            INDArray alone = code(net, format).dup('c');
            for (int other = 0; other < MAPS; other++) {
                for (int i = 0; other != map && i < EXAMPLES * HEIGHT * WIDTH; i++) {
                    int place = i % (HEIGHT * WIDTH);
                    alone.putScalar(new int[] {i / (HEIGHT * WIDTH), other, place / WIDTH, place % WIDTH}, 0);
                }
            }
            INDArray part = layer.decode(format == CNN2DFormat.NCHW ? alone : alone.permute(0, 2, 3, 1));
            double expected = part.mul(part).sumNumber().doubleValue() / squares;
            assertEquals(expected, usage.energyShare(map), 1e-12 * Math.max(1, expected));
            largest = Math.max(largest, expected);
        }
        assertTrue(largest > 0.01, "shares up to " + largest);
        assertEquals(0, usage.energyShare(2));
    }

    @Test
    void oneLayerAloneIsMeasuredTheSame() {
        AnyNetwork net = network(false, CNN2DFormat.NCHW);
        UnitUsage inNetwork = usage(net, CNN2DFormat.NCHW);
        UnitUsage alone = UnitUsage.of((UnsupervisedLayer) layer(net, 0), IMAGES, THRESHOLD);
        for (int map = 0; map < MAPS; map++) {
            assertEquals(inNetwork.frequency(map), alone.frequency(map));
            assertEquals(inNetwork.positionFrequency(map), alone.positionFrequency(map), 1e-12);
            assertEquals(inNetwork.energyShare(map), alone.energyShare(map), 1e-9);
        }
    }

    /** What usage says goes is what the network answers the same without. */
    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void pruningIsSteeredByIt(CNN2DFormat format) {
        AnyNetwork net = network(false, format);
        UnitUsage usage = usage(net, format);
        int[] kept = UnitSelection.usedUnits(usage, 1e-9);
        assertArrayEquals(new int[] {0, 1, 3}, kept);
        assertArrayEquals(kept, UnitSelection.strongestUnits(usage, 3));
        AnyNetwork smaller = pruned(net, kept);
        assertEquals(0, Samples.distance(net.output(images(format)), smaller.output(images(format))), 1e-12);
        // the map that is active in a few positions is the next to go
        assertArrayEquals(new int[] {0, 3}, UnitSelection.strongestUnits(usage, 2));
    }

    @Test
    void unitsThatAreNoMapsAreRefusedByName() {
        LocallyConnectedListaLayer local =
                new LocallyConnectedListaLayer.Builder(2).nOut(3).build();
        AnyNetwork net = network(false, CNN2DFormat.NCHW, local, output());
        assertEquals(
                "layer must be one whose units are the columns or the maps of its code (every unit has a position in"
                        + " the map and a filter of its own over all channels, so that the map would have holes), got"
                        + " LocallyConnectedListaLayer",
                assertThrows(IllegalArgumentException.class, () -> usage(net, CNN2DFormat.NCHW))
                        .getMessage());
    }
}
