package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ChannelOrderTest {
    private static final int BATCH = 2;
    private static final int CHANNELS = 3;
    private static final int HEIGHT = 4;
    private static final int WIDTH = 5;

    static Stream<ChannelOrder> orders() {
        return Stream.of(
                ChannelOrder.lastInLayer(null),
                ChannelOrder.lastInLayer(CNN2DFormat.NCHW),
                ChannelOrder.lastInLayer(CNN2DFormat.NHWC),
                ChannelOrder.firstInLayer(null),
                ChannelOrder.firstInLayer(CNN2DFormat.NCHW),
                ChannelOrder.firstInLayer(CNN2DFormat.NHWC));
    }

    private static double at(INDArray images, boolean first, long n, long c, long y, long x) {
        return first ? images.getDouble(n, c, y, x) : images.getDouble(n, y, x, c);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyPixelIsWhereTheOrderSays(ChannelOrder order) {
        long[] shape = order.firstInNetwork()
                ? new long[] {BATCH, CHANNELS, HEIGHT, WIDTH}
                : new long[] {BATCH, HEIGHT, WIDTH, CHANNELS};
        INDArray network = Samples.gaussian(1, shape);
        INDArray layer = order.toLayer(network);
        for (int n = 0; n < BATCH; n++) {
            for (int c = 0; c < CHANNELS; c++) {
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        assertEquals(
                                at(network, order.firstInNetwork(), n, c, y, x),
                                at(layer, order.firstInLayer(), n, c, y, x));
                    }
                }
            }
        }
        assertEquals(network, order.toNetwork(layer));
        assertArrayEquals(shape, order.toNetwork(layer.shape()));
        assertEquals(order.firstInNetwork() == order.firstInLayer(), order.isSame());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void axesAndShapesAreTheNetworks(ChannelOrder order) {
        INDArray images = Samples.gaussian(2, order.toNetwork(layerShape(order)));
        assertEquals(CHANNELS, images.size(order.channelAxis()));
        assertArrayEquals(new int[] {HEIGHT, WIDTH}, order.size(images));
        assertArrayEquals(images.slice(0).shape(), order.image(CHANNELS, HEIGHT, WIDTH));
        assertTrue(order.isImages(images, CHANNELS));
        assertFalse(order.isImages(images, WIDTH + 1));
        assertFalse(order.isImages(images.slice(0), CHANNELS));
        assertFalse(order.isImages(null, CHANNELS));
        boolean first = order.networkFormat() == CNN2DFormat.NCHW;
        assertEquals(
                first ? "images [batch, 3, height, width]" : "images [batch, height, width, 3]",
                order.images(CHANNELS));
    }

    private static long[] layerShape(ChannelOrder order) {
        return order.firstInLayer()
                ? new long[] {BATCH, CHANNELS, HEIGHT, WIDTH}
                : new long[] {BATCH, HEIGHT, WIDTH, CHANNELS};
    }

    @Test
    void arraysOfOneOrderStayWhatTheyAre() {
        INDArray rows = Samples.gaussian(3, 2, 7);
        assertSame(rows, ChannelOrder.SAME.toLayer(rows));
        assertSame(rows, ChannelOrder.SAME.toNetwork(rows));
    }

    @Test
    void formatIsTheLayersOwnUnlessTheTypeCountsForMore() {
        InputType last = InputType.convolutional(4, 5, 3, CNN2DFormat.NHWC);
        assertEquals(CNN2DFormat.NHWC, ChannelOrder.format(null, last, false));
        assertEquals(CNN2DFormat.NCHW, ChannelOrder.format(CNN2DFormat.NCHW, last, false));
        assertEquals(CNN2DFormat.NHWC, ChannelOrder.format(CNN2DFormat.NCHW, last, true));
        assertNull(ChannelOrder.format(null, InputType.feedForward(4), true));
        assertEquals(CNN2DFormat.NHWC, ChannelOrder.format(CNN2DFormat.NHWC, InputType.feedForward(4), true));
        assertEquals(CNN2DFormat.NCHW, ChannelOrder.format(null));
        assertEquals(CNN2DFormat.NHWC, ChannelOrder.format(CNN2DFormat.NHWC));
    }

    /** Sequences are images of one row to the layer; views of them write into the sequences. */
    @Test
    void sequencesAreImagesOfOneRow() {
        for (RNNFormat format : RNNFormat.values()) {
            ChannelOrder order = ChannelOrder.ofSequences(format, false);
            INDArray sequences = format == RNNFormat.NWC ? Samples.gaussian(1, 2, 5, 3) : Samples.gaussian(1, 2, 3, 5);
            INDArray images = order.toLayer(sequences);
            assertArrayEquals(new long[] {2, 1, 5, 3}, images.shape());
            assertArrayEquals(images.shape(), order.toLayer(sequences.shape()));
            assertArrayEquals(sequences.shape(), order.toNetwork(images.shape()));
            assertArrayEquals(sequences.shape(), order.shape(2, 3, 1, 5));
            assertEquals(sequences, order.toNetwork(images));
            assertArrayEquals(new int[] {1, 5}, order.size(sequences));
            assertEquals(3, order.rank());
            assertEquals(3, sequences.size(order.channelAxis()));
            images.assign(7);
            assertEquals(7, sequences.minNumber().doubleValue());
            order.toNetwork(images).assign(8);
            assertEquals(8, sequences.minNumber().doubleValue());
            assertEquals(false, order.isSame());
        }
    }
}
