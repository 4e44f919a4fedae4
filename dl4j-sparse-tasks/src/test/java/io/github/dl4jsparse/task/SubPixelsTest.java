package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SubPixelsTest {
    @Test
    void channelsHoldEveryOtherPixel() {
        float[] plane = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] channels = new SubPixels(2).split(plane, 2, 4);
        assertArrayEquals(new float[] {1, 3, 2, 4, 5, 7, 6, 8}, channels);
        assertArrayEquals(plane, new SubPixels(2).join(channels, 2, 4));
    }

    /** Before training the network makes of a code what the decoder of its encoder makes of it. */
    @ParameterizedTest
    @CsvSource({"7, 2", "5, 2", "7, 1", "7, 3", "4, 2", "6, 3"})
    void theConvolutionIsTheTransposedOne(int kernel, int stride) {
        MultiLayerNetwork net = UnrolledNetwork.create(new UnrolledSettings(4, 2, kernel, stride), 1e-3, 5);
        int height = 4 * stride;
        int width = 6 * stride;
        INDArray x = ImageNoise.add(Nd4j.ones(1, 3, height, width), 0.01, 3);
        x.slice(0).slice(2).assign(0);
        x.slice(0).slice(1).assign(1);
        x.slice(0).slice(0).subi(1).muli(30);
        float[] made = net.output(x).dup('c').data().asFloat();
        INDArray image = Nd4j.createFromArray(new SubPixels(stride).join(made, height, width));
        UnsupervisedLayer encoder = (UnsupervisedLayer) net.getLayer(0);
        INDArray expected = encoder.reconstruct(x);
        assertTrue(expected.norm2Number().doubleValue() > 0.1);
        assertTrue(expected.reshape(image.length()).equalsWithEps(image, 1e-5));
    }
}
