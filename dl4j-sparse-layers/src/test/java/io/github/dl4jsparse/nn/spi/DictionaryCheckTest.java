package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

class DictionaryCheckTest {
    private static String refused(INDArray dictionary, long... shape) {
        return assertThrows(IllegalArgumentException.class, () -> DictionaryCheck.require(dictionary, shape))
                .getMessage();
    }

    @Test
    void shapesNumbersAndZeroAtomsAreChecked() {
        INDArray dictionary = Samples.gaussian(1, 5, 9);
        assertSame(dictionary, DictionaryCheck.require(dictionary, 5, 9));
        assertEquals("dictionary must be a matrix [5, 8], got [5, 9]", refused(dictionary, 5, 8));
        assertEquals(
                "dictionary must be finite, got 1 NaN or infinite values",
                refused(dictionary.dup().putScalar(2, 2, Double.NaN), 5, 9));
        dictionary.getColumn(3).assign(0);
        dictionary.getColumn(8).assign(0);
        assertTrue(
                refused(dictionary, 5, 9).contains("got 2 zero atoms of 9, units [3, 8]: "), refused(dictionary, 5, 9));
        dictionary.assign(0);
        assertTrue(refused(dictionary, 5, 9).contains("[0, 1, 2, 3, 4] and more"), refused(dictionary, 5, 9));
    }

    @Test
    void aLayerStaysAsItWas() {
        MultiLayerNetwork net = Networks.classifier(
                new Sgd(0.1), 5, 2, new ListaLayer.Builder().nOut(9).build());
        INDArray before = net.params().dup();
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray zero = Samples.gaussian(1, 5, 9);
        zero.getColumn(3).assign(0);
        assertThrows(IllegalArgumentException.class, () -> layer.startFrom(zero));
        assertEquals(before, net.params());
    }
}
