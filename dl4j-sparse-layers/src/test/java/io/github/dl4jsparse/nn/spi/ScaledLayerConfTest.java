package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;

class ScaledLayerConfTest {
    private static ListaLayer.Builder builder() {
        return new ListaLayer.Builder().nIn(4).nOut(6);
    }

    private static MultiLayerConfiguration network(ListaLayer layer) {
        return new NeuralNetConfiguration.Builder().seed(1).list().layer(layer).build();
    }

    @Test
    void scalingIsAnOptionThatIsSavedAndCompared() {
        ListaLayer on = builder().inputScaling(true).build();
        assertTrue(on.isInputScaling());
        assertFalse(builder().build().isInputScaling());
        assertNotEquals(builder().build(), on);
        String json = network(on).toJson();
        assertEquals(network(on), MultiLayerConfiguration.fromJson(json));
        assertTrue(json.contains("\"inputScaling\" : true"));
    }

    /** A file of a version without the option means a layer without it. */
    @Test
    void jsonWithoutTheOptionMeansOff() {
        MultiLayerConfiguration off = network(builder().build());
        String without = off.toJson().replaceAll("\\s*\"inputScaling\" : false,", "");
        assertFalse(without.contains("inputScaling"));
        assertEquals(off, MultiLayerConfiguration.fromJson(without));
    }

    @Test
    void anAtomSeesAllInputsOrAPatch() {
        assertEquals(4, builder().build().atomSize());
        assertEquals(
                18,
                new ConvolutionalListaLayer.Builder(3, 3).nIn(2).nOut(5).build().atomSize());
    }
}
