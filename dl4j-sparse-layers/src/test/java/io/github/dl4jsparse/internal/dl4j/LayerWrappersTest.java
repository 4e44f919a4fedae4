package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.TransposeLayer;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class LayerWrappersTest {
    private static Layer layer() {
        return new TransposeLayer.Builder()
                .nIn(3)
                .nOut(2)
                .penalty(new L1Penalty(0.1))
                .name("code")
                .build();
    }

    private static org.deeplearning4j.nn.api.Layer runs(Layer conf) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().list().layer(conf);
        NeuralNetConfiguration own = list.layer(new org.deeplearning4j.nn.conf.layers.LossLayer())
                .build()
                .getConf(0);
        INDArray params = Samples.gaussian(org.nd4j.linalg.api.buffer.DataType.FLOAT, 1, 1, 6);
        return conf.instantiate(own, null, 0, params, true, params.dataType());
    }

    @Test
    void innerConfigurationIsThatInsideOfAllWrappers() {
        Layer inner = layer();
        assertSame(inner, LayerWrappers.inner(inner));
        assertSame(inner, LayerWrappers.inner(new FrozenLayer(inner)));
        assertSame(inner, LayerWrappers.inner(new FrozenLayerWithBackprop(inner)));
        assertSame(inner, LayerWrappers.inner(new FrozenLayer(new MaskZeroLayer(new TimeDistributed(inner), 0))));
    }

    @Test
    void wrappersGoAroundAnotherConfiguration() {
        Layer inner = layer();
        Layer other = new DenseLayer.Builder().nIn(3).nOut(2).name("dense").build();
        assertSame(other, LayerWrappers.around(inner, other));
        FrozenLayer frozen = new FrozenLayer(new MaskZeroLayer(new TimeDistributed(inner, RNNFormat.NWC), 0.5));
        frozen.setLayerName("whole");
        FrozenLayer around = (FrozenLayer) LayerWrappers.around(frozen, other);
        assertNotSame(frozen, around);
        assertEquals("whole", around.getLayerName());
        MaskZeroLayer masked = (MaskZeroLayer) around.getLayer();
        assertEquals(0.5, masked.getMaskingValue());
        assertEquals(RNNFormat.NWC, ((TimeDistributed) masked.getUnderlying()).getRnnDataFormat());
        assertSame(other, LayerWrappers.inner(around));
        assertSame(inner, LayerWrappers.inner(frozen), "the wrapped one stays as it was");
    }

    @Test
    void frozenIsWhatIsInsideOrAroundAFrozenWrapper() {
        Layer inner = layer();
        assertFalse(LayerWrappers.isFrozen(inner));
        assertFalse(LayerWrappers.isFrozen(new TimeDistributed(inner)));
        assertTrue(LayerWrappers.isFrozen(new FrozenLayer(inner)));
        assertTrue(LayerWrappers.isFrozen(new FrozenLayerWithBackprop(inner)));
        assertTrue(LayerWrappers.isFrozen(new TimeDistributed(new FrozenLayerWithBackprop(inner))));
    }

    @Test
    void layersThatRunAreUnwrappedToo() {
        for (Layer wrapped : new Layer[] {
            layer(), new FrozenLayer(layer()), new TimeDistributed(new FrozenLayerWithBackprop(layer()))
        }) {
            org.deeplearning4j.nn.api.Layer runs = runs(wrapped);
            assertTrue(LayerWrappers.inner(runs) instanceof UnsupervisedLayer, wrapped.toString());
            assertSame(LayerWrappers.inner(runs), LayerWrappers.dictionary(runs));
            assertEquals(LayerWrappers.isFrozen(wrapped), LayerWrappers.isFrozen(runs));
        }
    }

    @Test
    void aDictionaryIsRefusedWhereThereIsNoneOrItIsFrozen() {
        org.deeplearning4j.nn.api.Layer trained = runs(new TimeDistributed(layer()));
        assertSame(LayerWrappers.inner(trained), LayerWrappers.trainedDictionary(trained));
        org.deeplearning4j.nn.api.Layer frozen = runs(new FrozenLayerWithBackprop(layer()));
        String message = assertThrows(IllegalArgumentException.class, () -> LayerWrappers.trainedDictionary(frozen))
                .getMessage();
        assertTrue(message.contains("one that is trained") && message.contains("frozen"), message);
        org.deeplearning4j.nn.api.Layer dense =
                runs(new FrozenLayer(new DenseLayer.Builder().nIn(2).nOut(2).build()));
        message = assertThrows(IllegalArgumentException.class, () -> LayerWrappers.dictionary(dense))
                .getMessage();
        assertTrue(message.contains("one with a dictionary") && message.contains("DenseLayer"), message);
    }

    @Test
    void aVertexWithALayerIsFoundInsideOfFrozenOnes() {
        LayerVertex vertex = new LayerVertex(
                new NeuralNetConfiguration.Builder().layer(layer()).build(), null);
        assertSame(vertex, LayerWrappers.layerVertex(vertex));
        assertSame(vertex, LayerWrappers.layerVertex(new FrozenVertex(new FrozenVertex(vertex))));
        assertNull(LayerWrappers.layerVertex(new FrozenVertex(new ScaleVertex(2))));
        assertNull(LayerWrappers.layerVertex(null));
        assertFalse(LayerWrappers.isFrozen(vertex));
        assertTrue(LayerWrappers.isFrozen(new FrozenVertex(vertex)));
        vertex.getLayerConf().setLayer(new FrozenLayer(layer()));
        assertTrue(LayerWrappers.isFrozen(vertex));
    }

    @ParameterizedTest
    @EnumSource
    void everyTimeStepIsAnExampleOfTheInnerLayer(RNNFormat format) {
        INDArray x = Samples.gaussian(1, 2, 3, 4);
        Layer wrapped = new FrozenLayer(new MaskZeroLayer(new TimeDistributed(layer(), format), 0));
        assertTrue(LayerWrappers.isOverTime(wrapped));
        INDArray inner = LayerWrappers.innerInput(wrapped, x);
        int steps = format == RNNFormat.NCW ? 4 : 3;
        assertEquals(2 * steps, inner.rows());
        for (int example = 0; example < 2; example++) {
            for (int step = 0; step < steps; step++) {
                for (int i = 0; i < inner.columns(); i++) {
                    double expected =
                            format == RNNFormat.NCW ? x.getDouble(example, i, step) : x.getDouble(example, step, i);
                    assertEquals(expected, inner.getDouble(example * steps + step, i));
                }
            }
        }
    }

    @Test
    void withoutTimeTheInputIsThatOfTheInnerLayer() {
        INDArray x = Samples.gaussian(1, 2, 3);
        assertFalse(LayerWrappers.isOverTime(new FrozenLayerWithBackprop(layer())));
        assertSame(x, LayerWrappers.innerInput(new FrozenLayerWithBackprop(layer()), x));
        assertSame(x, LayerWrappers.innerInput(layer(), x));
    }
}
