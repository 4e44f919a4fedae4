package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.LocalGeometry;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.ops.transforms.Transforms;

@ExtendWith(DoublePrecision.class)
class LocallyConnectedListaLayerBuilderTest {
    private static MultiLayerNetwork net(LocallyConnectedListaLayer.Builder layer, int height, int width) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer.name("map").build())
                .setInputType(InputType.convolutional(height, width, 2))
                .build());
        net.init();
        return net;
    }

    private static LocallyConnectedListaLayer.Builder layer(int kernel) {
        return new LocallyConnectedListaLayer.Builder(kernel).nOut(2);
    }

    private static void refused(String part, Executable call) {
        String message = assertThrows(DL4JInvalidConfigException.class, call).getMessage();
        assertTrue(message.contains(part) && message.contains("map"), message);
    }

    @Test
    void sidesThatDoNotFitAreRefusedByName() {
        refused("height must be at least 5, got 4", () -> net(layer(5), 4, 8));
        refused(
                "width must be the kernel 3 plus a multiple of the stride 2, such as 7, got 8",
                () -> net(layer(3).stride(2), 7, 8));
        refused(
                "width must be a multiple of the stride 2, such as 8, got 9",
                () -> net(layer(3).stride(2).torus(true), 8, 9));
        refused("stride must be at most the kernel's side 3, got 4", () -> net(layer(3).stride(4), 8, 8));
        refused("coupling must be dictionary()", () -> net(layer(3).coupling(Coupling.free()), 8, 8));
    }

    @Test
    void penaltyOfAnotherMapIsRefused() {
        refused(
                "for the 24 units of the map, nOut = 2 at each of 3 x 4 positions, got 16 units",
                () -> net(layer(3).penalty(new SmoothedGroupPenalty(1, Groups.torus(4, 4, Window.of(2)), 1e-3)), 5, 6));
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        MultiLayerNetwork net = net(layer(3), 5, 6);
        String message = assertThrows(
                        DL4JInvalidInputException.class, () -> net.output(Samples.gaussian(1, 2, 2, 6, 5)))
                .getMessage();
        assertTrue(message.contains("input must be images [batch, 2, 5, 6], got [2, 2, 6, 5]"), message);
    }

    /** The documented result: a position of one row, and constant images, whose codes and losses are finite. */
    @Test
    void mapOfOneRowAndConstantImagesWork() {
        MultiLayerNetwork net = net(layer(3).unsupervisedWeight(1).penalty(new L1Penalty(0.1)), 3, 7);
        INDArray images = Samples.gaussian(1, 2, 2, 3, 7);
        assertArrayEquals(new long[] {2, 2, 1, 5}, net.output(images).shape());
        images.assign(1);
        net.pretrainLayer(0, images);
        assertTrue(Double.isFinite(net.params().norm2Number().doubleValue()));
        images.assign(0);
        assertEquals(0, net.output(images).norm2Number().doubleValue());
    }

    /** The layer that a map is pre-trained as, with codes from a solver near the prediction. */
    @Test
    void predictiveGradientsPass() {
        MultiLayerNetwork net = net(
                layer(2).initialThreshold(0.05)
                        .iterations(2)
                        .penalty(new L1Penalty(0.1).asNonNegative())
                        .weightBorder(false)
                        .predictive(new PredictiveSparseDecomposition(1, new Fista(3000, 1e-13))),
                3,
                3);
        ((LocallyConnectedListaLayer) net.getLayer(0).conf().getLayer()).setIUpdater(new NoOp());
        net.initGradientsView();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.02));
        assertTrue(GradientCheckUtil.checkGradientsPretrainLayer(
                net.getLayer(0), 1e-5, 1e-3, 1e-6, false, true, Samples.gaussian(1, 1, 2, 3, 3), 7));
        assertTrue(net.getLayer(0).gradient().gradient().norm2Number().doubleValue() > 1e-3);
        assertTrue(((UnsupervisedLayer) net.getLayer(0)).lastEnergy().value(LossTerms.PREDICTION) > 0);
    }

    /** K steps at the start are K steps of ISTA with the layer's dictionary, written down here, as exactly as numbers are. */
    @ParameterizedTest
    @CsvSource({"1,false", "3,false", "7,true"})
    void stepsAreStepsOfIsta(int steps, boolean torus) {
        double a = 0.07;
        MultiLayerNetwork net = net(
                layer(3).iterations(steps)
                        .stepSize(a)
                        .torus(torus)
                        .weightBorder(false)
                        .shrinkage(Shrinkage.SOFT)
                        .penalty(new L1Penalty(0.3)),
                5,
                6);
        INDArray images = Samples.gaussian(2, 3, 2, 5, 6);
        LocalGeometry geometry = new LocalGeometry(2, 5, 6, 3, 1, 2, torus);
        LinearOperator adjoint = geometry.operator(net.getParam("0_" + ListaConf.DECODER));
        INDArray z = Nd4j.zeros(DataType.DOUBLE, adjoint.outputShape(images.shape()));
        for (int step = 0; step < steps; step++) {
            INDArray residual = images.neg();
            adjoint.adjoint(z, residual, 1);
            INDArray slope = z.dup();
            adjoint.apply(residual, slope, 0);
            INDArray v = z.sub(slope.mul(a));
            z = Transforms.sign(v).muli(Transforms.relu(Transforms.abs(v).subi(a * 0.3)));
        }
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        assertEquals(0, Samples.distance(z, layer.encode(images)), 1e-12);
        assertEquals(0, Samples.distance(z, net.output(images)), 1e-12);
    }

    @Test
    void memoryReportCountsParameters() {
        MultiLayerNetwork net = net(layer(3), 5, 6);
        // 18 weights of an encoder and a decoder, and a threshold, for 24 units
        assertEquals(24 * 37, net.numParams());
        assertTrue(net.getLayerWiseConfigurations()
                        .getMemoryReport(InputType.convolutional(5, 6, 2))
                        .getTotalMemoryBytes(
                                2,
                                org.deeplearning4j.nn.conf.memory.MemoryUseMode.TRAINING,
                                org.deeplearning4j.nn.conf.CacheMode.NONE)
                > 0);
    }
}
