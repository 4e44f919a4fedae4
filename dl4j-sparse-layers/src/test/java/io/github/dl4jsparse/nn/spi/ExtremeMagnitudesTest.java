package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.data.UnitNormScaling;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.UnitVectors;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.NoLoss;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Values whose squares over- or underflow in single precision give the same results, rescaled, as values of usual size;
 * NaN stays NaN.
 */
class ExtremeMagnitudesTest {
    private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

    private static MultiLayerNetwork net(DataType type, Layer layer, InputType input) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(type)
                .list()
                .layer(layer)
                .layer(new LossLayer.Builder(new NoLoss())
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(input)
                .build());
        net.init();
        return net;
    }

    private static INDArray[] pass(MultiLayerNetwork net, INDArray x, INDArray epsilon) {
        var layer = net.getLayer(0);
        layer.setInput(x, NO_WORKSPACES);
        INDArray output = layer.activate(true, NO_WORKSPACES).dup();
        return new INDArray[] {
            output, layer.backpropGradient(epsilon, NO_WORKSPACES).getSecond()
        };
    }

    /** Layers whose output does not depend on the scale of the input: the gradient is divided by it. */
    private static void assertScaleInvariant(Layer layer, InputType input, double scale, long... shape) {
        INDArray x = Samples.gaussian(2, shape);
        INDArray epsilon = Samples.gaussian(3, shape);
        INDArray[] one = pass(net(DataType.DOUBLE, layer, input), x, epsilon);
        MultiLayerNetwork single = net(DataType.FLOAT, layer, input);
        INDArray[] scaled = pass(single, x.mul(scale).castTo(DataType.FLOAT), epsilon.castTo(DataType.FLOAT));
        assertTrue(
                one[0].norm1Number().doubleValue() > 1 && one[1].norm1Number().doubleValue() > 1);
        assertEquals(0, Samples.distance(one[0], scaled[0]), 1e-5);
        assertEquals(
                0, Samples.distance(one[1], scaled[1].castTo(DataType.DOUBLE).mul(scale)), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-20, 1e-28, 1, 1e19, 1e30})
    void localContrast(double scale) {
        Layer layer = new LocalContrastLayer.Builder().window(3).build();
        assertScaleInvariant(layer, InputType.convolutional(5, 4, 2), scale, 2, 2, 5, 4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-20, 1e-28, 1, 1e19, 1e30})
    void l2Normalisation(double scale) {
        assertScaleInvariant(new L2NormalizeLayer.Builder().build(), InputType.feedForward(6), scale, 3, 6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-25, 1, 1e25})
    void pooling(double scale) {
        Layer layer = new GroupL2PoolingLayer.Builder()
                .groups(Groups.blocks(6, 3))
                .epsilon(0)
                .build();
        INDArray x = Samples.gaussian(2, 3, 6);
        INDArray epsilon = Samples.gaussian(3, 3, 2);
        INDArray[] one = pass(net(DataType.DOUBLE, layer, InputType.feedForward(6)), x, epsilon);
        INDArray[] scaled = pass(
                net(DataType.FLOAT, layer, InputType.feedForward(6)),
                x.mul(scale).castTo(DataType.FLOAT),
                epsilon.castTo(DataType.FLOAT));
        assertEquals(
                0, Samples.distance(one[0], scaled[0].castTo(DataType.DOUBLE).div(scale)), 1e-5);
        assertEquals(0, Samples.distance(one[1], scaled[1]), 1e-5);
    }

    @Test
    void lateralStepsDoNotHideNan() {
        Layer layer = new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(3, 1))
                .steps(2)
                .build();
        MultiLayerNetwork net = net(DataType.FLOAT, layer, InputType.feedForward(3));
        INDArray out = net.output(Nd4j.create(new float[][] {{Float.NaN, 1, 2}, {1, 2, 3}}));
        assertTrue(Double.isNaN(out.getDouble(0, 0)));
        assertEquals(0, Samples.distance(net.output(Nd4j.create(new float[][] {{1, 2, 3}})), out.getRow(1, true)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e9, 1e17, 1e-12, 1e-17})
    void layersStartFromDictionariesOfAnyScale(double scale) {
        INDArray d = Samples.gaussian(DataType.FLOAT, 4, 6, 8);
        INDArray x = Samples.gaussian(DataType.FLOAT, 5, 4, 6);
        ListaLayer layer = new ListaLayer.Builder().nOut(8).iterations(3).build();
        MultiLayerNetwork net = net(DataType.FLOAT, layer, InputType.feedForward(6));
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(d);
        INDArray one = net.output(x).dup();
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(d.mul(scale));
        assertEquals(
                0, Samples.distance(one, net.output(x).castTo(DataType.DOUBLE).mul(scale)), 1e-4);
        assertTrue(one.amaxNumber().doubleValue() > 0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e9, 1e-12})
    void convolutionalLayersToo(double scale) {
        ConvolutionalListaLayer layer =
                new ConvolutionalListaLayer.Builder(2, 2).nOut(3).iterations(2).build();
        MultiLayerNetwork net = net(DataType.FLOAT, layer, InputType.convolutional(5, 4, 2));
        INDArray d = Samples.gaussian(DataType.FLOAT, 4, 8, 3);
        INDArray x = Samples.gaussian(DataType.FLOAT, 5, 2, 2, 5, 4);
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(d);
        INDArray one = net.output(x).dup();
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(d.mul(scale));
        assertEquals(
                0, Samples.distance(one, net.output(x).castTo(DataType.DOUBLE).mul(scale)), 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"2e19,1e19", "2e-30,1e-30", "3e37,1e37"})
    void atomsOfAnyMagnitudeAreBounded(float first, float second) {
        INDArray w = Nd4j.create(new float[][] {{first, 2}, {second, 1}});
        MaxAtomNormConstraint.columns(1, "D").project(w);
        double norm = Math.hypot(first, second);
        assertEquals(1, w.getDouble(0, 0) / first * Math.max(1, norm), 1e-6);
        assertEquals(1, w.getDouble(1, 0) / second * Math.max(1, norm), 1e-6);
        assertEquals(2 / Math.sqrt(5), w.getDouble(0, 1), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-25, 1e25})
    void dataOfAnyMagnitudeHasLengthOne(double scale) {
        INDArray x = Samples.gaussian(DataType.FLOAT, 6, 4, 5);
        INDArray expected = UnitVectors.rows(x.castTo(DataType.DOUBLE));
        DataSet data = new DataSet(x.mul(scale), x);
        new UnitNormScaling().transform(data);
        assertEquals(0, Samples.distance(expected, data.getFeatures()), 1e-5);
        MultiLayerNetwork net = net(
                DataType.FLOAT, new ListaLayer.Builder().nOut(7).iterations(2).build(), InputType.feedForward(5));
        DataDictionary.start(net.getLayer(0), x.mul(scale), 1, 1);
        double[] norms = Norms.columns(net.getLayer(0).getParam("D"));
        for (double norm : norms) {
            assertEquals(1, norm, 1e-5);
        }
    }
}
