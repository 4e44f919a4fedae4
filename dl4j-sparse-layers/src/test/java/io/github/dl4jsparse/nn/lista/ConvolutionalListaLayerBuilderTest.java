package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.SpatialGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** Bad configurations of {@link ConvolutionalListaLayer} are refused when they are built or get their input type, by name. */
@ExtendWith(DoublePrecision.class)
class ConvolutionalListaLayerBuilderTest {
    private static Arguments bad(String start, String value, UnaryOperator<ConvolutionalListaLayer.Builder> change) {
        return Arguments.of(start, value, change);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("stride height", "0", b -> b.stride(0, 1)),
                bad("stride width", "4", b -> b.stride(1, 4)),
                bad("padding height", "3", b -> b.convolutionMode(ConvolutionMode.Truncate)
                        .padding(3, 0)),
                bad("padding width", "1", b -> b.padding(0, 1)),
                bad("convolutionMode", "Causal", b -> b.convolutionMode(ConvolutionMode.Causal)),
                bad("convolutionMode", "null", b -> b.convolutionMode(null)),
                bad("iterations", "0", b -> b.iterations(0)),
                bad("coupling", "null", b -> b.coupling(null)),
                bad(
                        "penalty must be for the nOut = 4 maps",
                        "6",
                        b -> b.penalty(new GroupL2Penalty(1, Groups.blocks(6, 2)))),
                bad("penalty must be for all units of an image", "one for the 4 maps", b -> b.predictive(
                                new PredictiveSparseDecomposition(1, new Fista(5, 0.1)))
                        .penalty(new GroupL2Penalty(1, Groups.blocks(4, 2)))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badValues")
    void badValueIsRefused(String start, String value, UnaryOperator<ConvolutionalListaLayer.Builder> change) {
        ConvolutionalListaLayer.Builder builder =
                change.apply(new ConvolutionalListaLayer.Builder(3, 3).nOut(4).name("my code"));
        String message =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertTrue(message.startsWith(start), message);
        assertTrue(message.contains("got " + value), message);
        assertTrue(message.contains("\"my code\""), message);
    }

    static Stream<Arguments> badInputs() {
        InputType images = InputType.convolutional(8, 6, 2);
        return Stream.of(
                Arguments.of(images, "kernel width must be at most the image's 6 with its padding", (UnaryOperator<
                                ConvolutionalListaLayer.Builder>)
                        b -> b.convolutionMode(ConvolutionMode.Truncate)),
                Arguments.of(
                        images,
                        "width must be the kernel 7 plus a multiple of the stride 2 in mode Strict, such as 5",
                        (UnaryOperator<ConvolutionalListaLayer.Builder>) b -> b.convolutionMode(ConvolutionMode.Strict)
                                .padding(1, 1)
                                .stride(1, 2)),
                Arguments.of(
                        images,
                        "penalty must be for the nOut = 4 maps of the layer, or for their 192 units on 8 x 6 positions",
                        (UnaryOperator<ConvolutionalListaLayer.Builder>) b -> b.penalty(new SpatialGroupPenalty(
                                1, 8, 5, Groups.blocks(4, 2), SpatialWindow.square(2, 2), 1e-5))),
                Arguments.of(
                        images,
                        "shrinkage must be for the nOut = 4 maps of the layer, or for their 192 units on 8 x 6 positions",
                        (UnaryOperator<ConvolutionalListaLayer.Builder>)
                                b -> b.shrinkage(new GroupShrinkage(Groups.blocks(8, 2)))),
                Arguments.of(InputType.recurrent(5), "input type must be convolutional", (UnaryOperator<
                                ConvolutionalListaLayer.Builder>)
                        b -> b));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badInputs")
    void inputThatDoesNotFitIsRefusedWhenTheNetworkIsConfigured(
            InputType input, String start, UnaryOperator<ConvolutionalListaLayer.Builder> change) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .list()
                .layer(change.apply(new ConvolutionalListaLayer.Builder(3, 7)
                                .nOut(4)
                                .name("my code"))
                        .build())
                .layer(new OutputLayer.Builder().nOut(2).build());
        String message = assertThrows(DL4JInvalidConfigException.class, () -> list.setInputType(input)
                        .build())
                .getMessage();
        assertTrue(message.contains(start), message);
        assertTrue(message.contains("\"my code\""), message);
    }

    private static MultiLayerNetwork network(ConvolutionalListaLayer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutionalFlat(5, 4, 2))
                .build());
        net.init();
        return net;
    }

    /** Flat input gets DL4J's preprocessor; other sizes of images work outside of the network. */
    @Test
    void flatInputIsTakenAndOtherSizesOfImagesToo() {
        MultiLayerNetwork net = network(new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(4)
                .iterations(3)
                .penalty(new L1Penalty(0.1))
                .build());
        assertArrayEquals(
                new long[] {3, 2}, net.output(Samples.gaussian(1, 3, 40)).shape());
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray code = layer.encode(Samples.gaussian(2, 2, 2, 9, 11));
        assertArrayEquals(new long[] {2, 4, 9, 11}, code.shape());
        assertArrayEquals(new long[] {2, 2, 9, 11}, layer.decode(code).shape());
        String message = assertThrows(
                        DL4JInvalidInputException.class, () -> layer.encode(Samples.gaussian(2, 2, 3, 9, 11)))
                .getMessage();
        assertTrue(message.startsWith("input must be images [batch, 2, height, width], got [2, 3, 9, 11]"), message);
    }

    /** Codes of one size belong to images of several; pixels that no filter covers are reconstructed as 0. */
    @Test
    void reconstructionHasTheSizeOfItsImageAndEnergiesCountTheBorder() {
        MultiLayerNetwork net = network(new ConvolutionalListaLayer.Builder(2, 2)
                .nOut(3)
                .stride(2, 2)
                .convolutionMode(ConvolutionMode.Truncate)
                .iterations(2)
                .weightBorder(false)
                .penalty(new L1Penalty(0.1))
                .build());
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray x = Samples.gaussian(2, 3, 2, 5, 5);
        assertArrayEquals(
                layer.encode(Samples.gaussian(1, 3, 2, 5, 4)).shape(),
                layer.encode(x).shape());
        INDArray reconstruction = layer.reconstruct(x);
        assertArrayEquals(x.shape(), reconstruction.shape());
        INDArray border = reconstruction.get(all(), all(), point(4), all()).dup();
        INDArray side = reconstruction.get(all(), all(), all(), point(4)).dup();
        assertEquals(0, border.norm1Number().doubleValue() + side.norm1Number().doubleValue());
        assertTrue(reconstruction.norm1Number().doubleValue() > 0.1);
        INDArray louder = x.dup();
        louder.get(all(), all(), point(4), all()).muli(2);
        INDArray last = x.get(all(), all(), point(4), all()).dup();
        for (int b = 0; b < 3; b++) {
            double gain = 3 * Samples.dot(last.slice(b), last.slice(b)) / 2;
            assertEquals(gain, layer.energies(louder).sub(layer.energies(x)).getDouble(b), 1e-10);
        }
    }

    /** The layer that a single stage is pre-trained as, with codes from a solver near the prediction. */
    @Test
    void predictiveGradientsPass() {
        MultiLayerNetwork net = network(new ConvolutionalListaLayer.Builder(2, 2)
                .nOut(2)
                .iterations(2)
                .initialThreshold(0.1)
                .penalty(new L1Penalty(0.2).asNonNegative())
                .predictive(new PredictiveSparseDecomposition(0.8, new Fista(3000, 1e-13)))
                .weightBorder(false)
                .build());
        net.initGradientsView();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.02));
        assertTrue(GradientCheckUtil.checkGradientsPretrainLayer(
                net.getLayer(0), 1e-5, 1e-3, 1e-6, false, true, Samples.gaussian(1, 1, 2, 5, 4), 7));
        assertTrue(net.getLayer(0).gradient().gradient().norm2Number().doubleValue() > 1e-3);
        assertTrue(((UnsupervisedLayer) net.getLayer(0)).lastEnergy().value(LossTerms.PREDICTION) > 0);
    }

    @Test
    void startFromTakesADictionaryOfPatches() {
        MultiLayerNetwork net = network(
                new ConvolutionalListaLayer.Builder(3, 2).nOut(4).iterations(2).build());
        INDArray dictionary = Samples.gaussian(1, 12, 4);
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(dictionary);
        assertEquals(dictionary, net.getLayer(0).getParam("D"));
        double a = net.getLayer(0).getParam("a").getDouble(0);
        assertEquals(
                0,
                Samples.distance(dictionary.transpose().mul(a), net.getLayer(0).getParam("E")),
                1e-12);
    }
}
