package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * With a stride, images of several sizes have codes of the same size; the size to which a code is decoded does not
 * depend on earlier images.
 */
class DecodedSizeTest {
    /** Sizes of images with maps of 3 x 4 positions: of the least, of the most, and of one between. */
    private enum Mode {
        SAME(ConvolutionMode.Same, 0, new int[][] {{5, 7}, {6, 8}, {6, 7}}),
        TRUNCATE(ConvolutionMode.Truncate, 0, new int[][] {{7, 9}, {8, 10}, {7, 10}}),
        PADDED(ConvolutionMode.Truncate, 1, new int[][] {{5, 7}, {6, 8}, {6, 7}});

        private final ConvolutionMode mode;
        private final int padding;
        private final int[][] sizes;

        Mode(ConvolutionMode mode, int padding, int[][] sizes) {
            this.mode = mode;
            this.padding = padding;
            this.sizes = sizes;
        }

        private ConvolutionalListaLayer.Builder builder() {
            ConvolutionalListaLayer.Builder builder = new ConvolutionalListaLayer.Builder(3, 3)
                    .nIn(2)
                    .nOut(3)
                    .stride(2, 2)
                    .convolutionMode(mode)
                    .iterations(2)
                    .penalty(new L1Penalty(0.05));
            return padding == 0 ? builder : builder.padding(padding, padding);
        }

        private INDArray images(int size, long seed, boolean last) {
            int[] image = sizes[size];
            return last
                    ? Samples.gaussian(seed, 2, image[0], image[1], 2)
                    : Samples.gaussian(seed, 2, 2, image[0], image[1]);
        }
    }

    private static UnsupervisedLayer layer(ConvolutionalListaLayer conf, int[] size) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(conf);
        if (size != null) {
            list.setInputType(InputType.convolutional(size[0], size[1], 2));
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.build());
        net.init();
        return (UnsupervisedLayer) net.getLayer(0);
    }

    @ParameterizedTest
    @EnumSource
    void twoSizesInAlternationHaveOneDecodedSize(Mode mode) {
        for (boolean last : new boolean[] {false, true}) {
            CNN2DFormat format = last ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
            UnsupervisedLayer layer = layer(mode.builder().dataFormat(format).build(), null);
            INDArray code = layer.encode(mode.images(0, 1, last));
            INDArray expected = layer.decode(code);
            assertArrayEquals(mode.images(0, 1, last).shape(), expected.shape());
            for (int turn = 1; turn < 7; turn++) {
                INDArray x = mode.images(turn % 3, turn, last);
                INDArray own = layer.encode(x);
                assertArrayEquals(code.shape(), own.shape());
                assertEquals(expected, layer.decode(code));
                assertEquals(layer.reconstruct(x), layer.decode(own, x.shape()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sizeOfTheNetworkCountsWhereItHasSuchCodes(Mode mode) {
        for (int size = 0; size < 3; size++) {
            UnsupervisedLayer layer = layer(mode.builder().build(), mode.sizes[size]);
            INDArray code = layer.encode(mode.images(size, 1, false));
            layer.encode(mode.images((size + 1) % 3, 2, false));
            assertArrayEquals(
                    mode.images(size, 1, false).shape(), layer.decode(code).shape());
            // larger images have other codes than the network's
            INDArray large = Samples.gaussian(5, 2, 2, 13, 15);
            INDArray other = layer.decode(layer.encode(large));
            assertEquals(layer.decode(layer.encode(large), large.shape()).rank(), other.rank());
            assertArrayEquals(layer.encode(large).shape(), layer.encode(other).shape());
            assertEquals(other, layer.decode(layer.encode(large), other.shape()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalThreadsDecodeTheSame(Mode mode) throws Exception {
        UnsupervisedLayer layer = layer(mode.builder().build(), null);
        List<INDArray> inputs = IntStream.range(0, 3)
                .mapToObj(size -> mode.images(size, size, false))
                .toList();
        List<INDArray> codes = inputs.stream().map(layer::encode).toList();
        List<INDArray> smallest = codes.stream().map(layer::decode).toList();
        List<INDArray> own = IntStream.range(0, 3)
                .mapToObj(i -> layer.decode(codes.get(i), inputs.get(i).shape()))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Object>> done = IntStream.range(0, 60)
                    .mapToObj(turn -> threads.submit((Callable<Object>) () -> {
                        int i = turn % 3;
                        assertEquals(smallest.get(i), layer.decode(codes.get(i)));
                        assertEquals(
                                own.get(i),
                                layer.decode(codes.get(i), inputs.get(i).shape()));
                        return null;
                    }))
                    .toList();
            for (Future<Object> each : done) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sizeWithOtherCodesIsRefused(Mode mode) {
        UnsupervisedLayer layer = layer(mode.builder().build(), null);
        INDArray code = layer.encode(mode.images(0, 1, false));
        String message = assertThrows(
                        DL4JInvalidInputException.class, () -> layer.decode(code, new long[] {2, 2, 13, 15}))
                .getMessage();
        assertTrue(message.startsWith("code must be that of inputs of shape [2, 2, 13, 15], [2, 3, "), message);
        assertThrows(DL4JInvalidInputException.class, () -> layer.decode(code, new long[] {1, 2, 5, 7}));
        assertThrows(DL4JInvalidInputException.class, () -> layer.decode(code, new long[] {2, 2, 35}));
    }
}
