package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NamedParamInitializerTest {
    /** A weight, something that is neither weight nor bias, and a bias of rank 3, for a DenseLayer's sizes. */
    private static final class Three extends NamedParamInitializer<DenseLayer> {
        Three() {
            super(DenseLayer.class, Set.of("W", "absent"), Set.of("b"));
        }

        @Override
        protected Map<String, long[]> shapes(DenseLayer conf) {
            Map<String, long[]> shapes = new LinkedHashMap<>();
            shapes.put("W", new long[] {conf.getNIn(), conf.getNOut()});
            shapes.put("g", new long[] {1, 2});
            shapes.put("b", new long[] {1, 2, conf.getNOut()});
            return shapes;
        }

        @Override
        protected void start(DenseLayer conf, Map<String, INDArray> params) {
            params.get("g").assign(-1);
        }
    }

    private static final Three INITIALIZER = new Three();
    private static final Layer LAYER = new DenseLayer.Builder().nIn(2).nOut(3).build();

    private static NeuralNetConfiguration conf() {
        NeuralNetConfiguration conf = new NeuralNetConfiguration();
        conf.setLayer(LAYER);
        return conf;
    }

    private static INDArray flat() {
        return Nd4j.linspace(0, 13, 14, DataType.DOUBLE).reshape(1, 14);
    }

    @Test
    void viewsFollowEachOtherInCOrder() {
        INDArray flat = flat();
        Map<String, INDArray> params = INITIALIZER.init(conf(), flat, false);
        assertEquals(List.of("W", "g", "b"), List.copyOf(params.keySet()));
        assertArrayEquals(new double[][] {{0, 1, 2}, {3, 4, 5}}, params.get("W").toDoubleMatrix());
        assertArrayEquals(new long[] {1, 2, 3}, params.get("b").shape());
        assertEquals(11, params.get("b").getDouble(0, 1, 0));
        params.get("b").putScalar(0, 1, 2, 99);
        assertEquals(99, flat.getDouble(13), "views share memory with the flat array");
        assertEquals(14, INITIALIZER.numParams(LAYER));
        assertEquals(14, INITIALIZER.numParams(conf()));
    }

    @Test
    void gradientsLieLikeTheParameters() {
        Map<String, INDArray> gradients = INITIALIZER.getGradientsFromFlattened(conf(), flat());
        Map<String, INDArray> params = INITIALIZER.init(conf(), flat(), false);
        assertEquals(params, gradients);
    }

    @Test
    void startsOnlyWhereAskedAndTellsDl4jTheNames() {
        NeuralNetConfiguration conf = conf();
        assertEquals(6, INITIALIZER.init(conf, flat(), false).get("g").getDouble(0, 0));
        assertEquals(-1, INITIALIZER.init(conf(), flat(), true).get("g").getDouble(0, 0));
        assertEquals(List.of("W", "g", "b"), conf.variables());
    }

    @Test
    void weightsAndBiasesAreThoseThatTheLayerHas() {
        assertEquals(List.of("W", "g", "b"), INITIALIZER.paramKeys(LAYER));
        assertEquals(List.of("W"), INITIALIZER.weightKeys(LAYER));
        assertEquals(List.of("b"), INITIALIZER.biasKeys(LAYER));
        assertTrue(INITIALIZER.isWeightParam(LAYER, "W") && INITIALIZER.isBiasParam(LAYER, "b"));
        assertFalse(INITIALIZER.isWeightParam(LAYER, "g") || INITIALIZER.isBiasParam(LAYER, "g"));
    }

    @Test
    void anotherLayerIsRefused() {
        Layer other = new OutputLayer.Builder().nIn(2).nOut(3).build();
        assertThrows(ClassCastException.class, () -> INITIALIZER.numParams(other));
    }
}
