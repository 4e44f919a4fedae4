package io.github.dl4jsparse.nn.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

@ExtendWith(DoublePrecision.class)
class L2NormalizeLayerTest {
    private static MultiLayerNetwork net() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(6)
                        .iterations(2)
                        .unsupervisedWeight(0.7)
                        .build())
                .layer(new L2NormalizeLayer.Builder().name("directions").build())
                .layer(new DenseLayer.Builder()
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(5))
                .build());
        net.init();
        return net;
    }

    private static INDArray activate(MultiLayerNetwork net, INDArray codes) {
        return net.getLayer(1).activate(codes, false, org.deeplearning4j.nn.workspace.LayerWorkspaceMgr.noWorkspaces());
    }

    @Test
    void rowsHaveNormOneAndZeroStaysZero() {
        INDArray codes = Samples.gaussian(1, 4, 6);
        codes.putRow(2, Nd4j.zeros(DataType.DOUBLE, 6));
        INDArray directions = activate(net(), codes);
        double[][] z = Samples.rows(codes);
        double[][] u = Samples.rows(directions);
        for (int i = 0; i < 4; i++) {
            double norm = 0;
            for (double value : z[i]) {
                norm += value * value;
            }
            for (int j = 0; j < 6; j++) {
                assertEquals(norm == 0 ? 0 : z[i][j] / Math.sqrt(norm), u[i][j], 1e-14);
            }
        }
    }

    @Test
    void gradientsPass() {
        MultiLayerNetwork net = net();
        net.setParams(net.params()
                .add(Samples.gaussian(9, net.params().length())
                        .muli(0.05)
                        .reshape(net.params().shape())));
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(net)
                .input(Samples.gaussian(2, 4, 5))
                .labels(Samples.oneHot(4, 3))
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-9)));
    }

    @Test
    void gradientOfAZeroCodeIsZero() {
        MultiLayerNetwork net = net();
        // no input, no code
        net.setInput(Nd4j.zeros(DataType.DOUBLE, 2, 5));
        net.setLabels(Samples.oneHot(2, 3));
        net.computeGradientAndScore();
        assertEquals(0, net.gradient().getGradientFor("0_E").norm1Number().doubleValue());
        assertEquals(0, net.gradient().getGradientFor("0_S").norm1Number().doubleValue());
    }

    @Test
    void savesAndLoads() throws Exception {
        MultiLayerNetwork net = net();
        assertEquals(
                net.getLayerWiseConfigurations(),
                MultiLayerConfiguration.fromJson(
                        net.getLayerWiseConfigurations().toJson()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelSerializer.writeModel(net, out, true);
        MultiLayerNetwork copy =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(out.toByteArray()), true);
        INDArray x = Samples.gaussian(2, 4, 5);
        assertEquals(0, Samples.distance(net.output(x), copy.output(x)));
        assertEquals(0, Samples.distance(net.output(x), net.clone().output(x)));
    }

    @Test
    void refusesConvolutionalInputWhenConfigured() {
        L2NormalizeLayer layer =
                new L2NormalizeLayer.Builder().name("directions").build();
        DL4JInvalidConfigException e = assertThrows(
                DL4JInvalidConfigException.class, () -> layer.getOutputType(4, InputType.convolutional(3, 5, 2)));
        assertTrue(e.getMessage().contains("\"directions\", index 4"), e.getMessage());
        assertEquals(InputType.feedForward(9), layer.getOutputType(0, InputType.feedForward(9)));
        assertTrue(layer.getMemoryReport(InputType.feedForward(9)) != null);
    }

    /** Convolutional codes are flattened on the way in, in either order of the axes. */
    @Test
    void convolutionalCodesAreFlattened() {
        for (org.deeplearning4j.nn.conf.CNN2DFormat format : org.deeplearning4j.nn.conf.CNN2DFormat.values()) {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .dataType(DataType.DOUBLE)
                    .list()
                    .layer(new L2NormalizeLayer.Builder().build())
                    .layer(new OutputLayer.Builder().nOut(2).build())
                    .setInputType(InputType.convolutional(3, 4, 2, format))
                    .build());
            net.init();
            INDArray x = Samples.gaussian(1, inputShape(format));
            INDArray code = net.feedForward(x).get(1);
            assertEquals(24, code.size(1));
            assertEquals(1, code.getRow(1).norm2Number().doubleValue(), 1e-12);
        }
    }

    private static long[] inputShape(org.deeplearning4j.nn.conf.CNN2DFormat format) {
        return format == org.deeplearning4j.nn.conf.CNN2DFormat.NCHW
                ? new long[] {2, 2, 3, 4}
                : new long[] {2, 3, 4, 2};
    }
}
