package io.github.dl4jsparse.internal.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class InstantiationTest {
    private static NeuralNetConfiguration conf(Layer layer) {
        NeuralNetConfiguration conf = new NeuralNetConfiguration();
        conf.setLayer(layer);
        return conf;
    }

    @Test
    void layerGetsListenersPlaceAndViewsOfItsParameters() {
        NeuralNetConfiguration conf = conf(new DenseLayer.Builder()
                .nIn(2)
                .nOut(3)
                .weightInit(new WeightInitXavier())
                .biasInit(0.5)
                .build());
        INDArray params = Samples.gaussian(DataType.FLOAT, 1, 1, 9);
        var listener = new ScoreIterationListener(1);
        var layer = new org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer(conf, DataType.FLOAT);
        assertSame(layer, Instantiation.complete(layer, conf, List.of(listener), 4, params, true));
        assertEquals(4, layer.getIndex());
        assertTrue(layer.getListeners().contains(listener));
        assertSame(conf, layer.conf());
        assertEquals(0.5, layer.getParam("b").getDouble(1));
        layer.getParam("b").assign(7);
        assertEquals(7, params.getDouble(8), "parameters are views of what was given");
    }

    @Test
    void parametersKeepTheirValuesUnlessInitialised() {
        NeuralNetConfiguration conf =
                conf(new DenseLayer.Builder().nIn(2).nOut(3).build());
        INDArray params = Samples.gaussian(DataType.FLOAT, 1, 1, 9);
        var layer = new org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer(conf, DataType.FLOAT);
        Instantiation.complete(layer, conf, null, 0, params, false);
        assertEquals(Samples.gaussian(DataType.FLOAT, 1, 1, 9), params);
        assertEquals(params.getDouble(8), layer.getParam("b").getDouble(2));
    }

    @Test
    void layerWithoutParametersGetsNone() {
        NeuralNetConfiguration conf = conf(new ActivationLayer(Activation.TANH));
        var layer = new org.deeplearning4j.nn.layers.ActivationLayer(conf, DataType.FLOAT);
        Instantiation.complete(layer, conf, null, 2, null, true);
        assertEquals(2, layer.getIndex());
        assertNull(layer.params());
    }
}
