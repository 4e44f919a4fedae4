package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Energies and reconstructions example by example, and the errors for arrays of wrong shapes. */
interface UnsupervisedExamplesContract extends UnsupervisedFixture {
    private static INDArray example(INDArray x, int b) {
        return Nd4j.expandDims(x.slice(b).dup(), 0);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void energiesAreThoseOfTheExamplesAlone(LayerVariant variant) {
        UnsupervisedLayer layer = layer(network(variant, WEIGHT));
        INDArray x = input(4, 31);
        INDArray energies = layer.energies(x);
        assertArrayEquals(new long[] {4}, energies.shape());
        assertEquals(DataType.DOUBLE, energies.dataType());
        assertEquals(layer.energy(x).total(), energies.meanNumber().doubleValue(), 1e-9);
        assertTrue(energies.stdNumber().doubleValue() > 1e-3, "energies tell no examples apart: " + energies);
        for (int b = 0; b < 4; b++) {
            // a solver near the prediction stops for a batch as a whole
            double near = layer.energy(x).value(LossTerms.PREDICTION) > 0 ? 1e-4 : 1e-10;
            assertEquals(layer.energy(example(x, b)).total(), energies.getDouble(b), near, "example " + b);
        }
        assertEquals(input(4, 31), x);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void energiesFollowFromTheReconstruction(LayerVariant variant) {
        UnsupervisedLayer layer = layer(network(variant, WEIGHT));
        INDArray x = input(4, 32);
        INDArray reconstruction = layer.reconstruct(x);
        assertArrayEquals(described(x).shape(), reconstruction.shape());
        assertEquals(0, Samples.distance(layer.decode(layer.encode(x)), reconstruction), 1e-12);
        assertEquals(input(4, 32), x);
        if (layer.energy(x).value(LossTerms.PREDICTION) > 0) {
            return;
        }
        INDArray code = layer.encode(x);
        INDArray penalised = layer.penalised(code);
        INDArray penalties = ((SparseLayerConf) layer.conf().getLayer())
                .penaltyWith(layer.paramTable())
                .values(penalised);
        INDArray residual = reconstruction.sub(described(x));
        INDArray squares = Energy.rows(residual.mul(residual).muli(pixelWeights(variant, residual, x)));
        INDArray energies = layer.energies(x);
        long rows = penalties.length() / 4;
        for (int b = 0; b < 4; b++) {
            double expected = squares.getRow(b).sumNumber().doubleValue() / 2;
            for (long row = b * rows; row < (b + 1) * rows; row++) {
                expected += penalties.getDouble(row);
            }
            assertEquals(expected, energies.getDouble(b), 1e-10, "example " + b);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void layersAboveOthersSayWhatTheyTake(LayerVariant variant) {
        MultiLayerNetwork net = network(settings(), below(), named(variant, WEIGHT));
        UnsupervisedLayer layer = layer(net);
        long[] batch = input(1, 33).shape();
        INDArray one = Samples.gaussian(1, Arrays.copyOfRange(batch, 1, batch.length));
        String row =
                Arrays.toString(one.shape()).replace("[", "input.reshape(1, ").replace("]", ")");
        for (INDArray bad : new INDArray[] {Samples.gaussian(1, 2, 57), one}) {
            for (Executable call : new Executable[] {
                () -> layer.encode(bad),
                () -> layer.energy(bad),
                () -> layer.energies(bad),
                () -> layer.reconstruct(bad),
                () -> layer.trajectory(bad)
            }) {
                String message =
                        assertThrows(DL4JInvalidInputException.class, call).getMessage();
                assertTrue(message.contains("the output of the layer below it"), message);
                assertTrue(message.contains("UnsupervisedStage.of(net, layer).input(features)"), message);
                assertEquals(bad == one, message.contains(row), message);
                assertTrue(message.contains(NAME), message);
            }
        }
        INDArray features = input(2, 33);
        INDArray given = UnsupervisedStage.of(net, 1).input(features).getFeatures();
        assertEquals(0, Samples.distance(net.feedForward(features).get(2), layer.encode(given)), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void firstLayerSpeaksOfItsDataAlone(LayerVariant variant) {
        UnsupervisedLayer layer = layer(network(variant, WEIGHT));
        String message = assertThrows(DL4JInvalidInputException.class, () -> layer.encode(Samples.gaussian(1, 2, 57)))
                .getMessage();
        assertTrue(message.contains("[2, 57]") && !message.contains("below"), message);
        assertThrows(DL4JInvalidInputException.class, () -> layer.encode(null));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void codesOfAWrongShapeAreRefusedByName(LayerVariant variant) {
        UnsupervisedLayer layer = layer(network(variant, WEIGHT));
        for (INDArray bad :
                new INDArray[] {Samples.gaussian(1, 2, 57), Samples.gaussian(1, 57), Samples.gaussian(1, 2, 57, 3, 2)
                }) {
            String message = assertThrows(DL4JInvalidInputException.class, () -> layer.decode(bad))
                    .getMessage();
            assertTrue(message.startsWith("code must be ") && message.contains(NAME), message);
            assertTrue(message.contains("encode"), message);
        }
    }
}
