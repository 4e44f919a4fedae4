package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaConf;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class UnrolledNetworkTest {
    /** Before training the network makes of an image what ISTA with its dictionary does. */
    @ParameterizedTest
    @CsvSource({"7, 2", "5, 2", "7, 1", "7, 3", "4, 2"})
    void untrainedItIsTheReconstructionOfItsEncoder(int kernel, int stride) {
        MultiLayerNetwork net = UnrolledNetwork.create(new UnrolledSettings(4, 2, kernel, stride), 1e-3, 5);
        INDArray image = ImageNoise.add(Nd4j.create(1, 1, 4 * stride, 6 * stride), 0.3, 3);
        INDArray x = Nd4j.concat(1, image, Nd4j.onesLike(image), Nd4j.zerosLike(image));
        INDArray expected = ((UnsupervisedLayer) net.getLayer(0)).reconstruct(x);
        assertTrue(expected.norm2Number().doubleValue() > 0.1);
        assertTrue(expected.equalsWithEps(net.output(x), 1e-5));
    }

    @ParameterizedTest
    @CsvSource({"7, 2", "5, 1"})
    void filtersOfEncoderAndDecoderHaveOneNorm(int kernel, int stride) {
        MultiLayerNetwork net = UnrolledNetwork.create(new UnrolledSettings(6, 3, kernel, stride), 1e-3, 5);
        double encoder =
                net.getLayer(0).getParam(ListaConf.ENCODER).norm2Number().doubleValue();
        double decoder =
                net.getLayer(0).getParam(ListaConf.DECODER).norm2Number().doubleValue();
        assertEquals(Math.sqrt(3) * decoder, encoder, 1e-3 * encoder);
        assertTrue(net.getLayer(0).getParam(ListaConf.NOISE).minNumber().doubleValue() > 0);
    }
}
