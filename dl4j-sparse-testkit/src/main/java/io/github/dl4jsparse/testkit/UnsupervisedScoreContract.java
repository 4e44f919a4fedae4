package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Scores are the supervised loss plus the weighted energy, and each parameter is trained by its own losses only. */
interface UnsupervisedScoreContract extends UnsupervisedFixture {
    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void scoreIsSupervisedPlusWeightedEnergy(LayerVariant variant, NetworkKind kind) {
        DataSet data = dataSet(4, 2);
        double energy =
                layer(network(variant, WEIGHT)).energy(data.getFeatures()).total();
        assertTrue(energy > 0.1, "an energy of " + energy + " tells nothing");
        for (double weight : new double[] {WEIGHT, 0}) {
            AnyNetwork net = network(kind, settings(), named(variant, weight));
            double expected = crossEntropy(net.output(data.getFeatures()), data.getLabels()) + weight * energy;
            assertEquals(expected, net.score(data, false), 1e-10);
            assertEquals(expected, net.score(data, true), 1e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void energyIsThatOfTheReconstruction(LayerVariant variant) {
        MultiLayerNetwork net = network(variant, 0);
        INDArray x = input(4, 2);
        INDArray code = layer(net).encode(x);
        assertEquals(0, Samples.distance(net.feedForward(x).get(1), code), 1e-12);
        INDArray residual = layer(net).decode(code).sub(described(x));
        double reconstruction = Samples.dot(residual, residual.mul(pixelWeights(variant, residual, x))) / 2 / 4;
        LossTerms energy = layer(net).energy(x);
        if (energy.value(LossTerms.PREDICTION) > 0) {
            // the minimum over codes near the prediction is below the energy of the prediction itself
            assertTrue(energy.total()
                    < reconstruction
                            + ((SparseLayerConf) layer(net).conf().getLayer())
                                            .getPenalty()
                                            .value(Energy.rows(code))
                                    / 4);
        } else {
            assertEquals(reconstruction, energy.reconstruction(), 1e-12);
        }
        assertEquals(input(4, 2), x);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void fitReportsTheEnergyOfItsBatch(LayerVariant variant) {
        DataSet data = dataSet(4, 2);
        MultiLayerNetwork net = network(settings().updater(new Sgd(1e-12)), named(variant, WEIGHT));
        double expected = layer(net).energy(data.getFeatures()).total();
        net.fit(data);
        assertEquals(expected, layer(net).lastEnergy().total(), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void fitLeavesPretrainingParametersAlone(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Adam(0.05)).l2(0.1), named(variant, 0));
        var conf = net.getLayer(NAME).conf().getLayer();
        // as after any training: constraints hold, up to rounding
        net.getLayer(NAME).applyConstraints(0, 0);
        Map<String, INDArray> copies = new LinkedHashMap<>();
        net.getLayer(NAME).paramTable().forEach((name, value) -> copies.put(name, value.dup()));
        for (int i = 0; i < 3; i++) {
            net.fit(dataSet(4, 8));
        }
        net.getLayer(NAME)
                .paramTable()
                .forEach((name, value) -> assertEquals(
                        conf.isPretrainParam(name),
                        Samples.distance(copies.get(name), value) < 1e-12,
                        "parameter " + name));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void pretrainingLeavesTheInputAndIsFinite(LayerVariant variant) {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray x = input(4, 6).castTo(type);
            MultiLayerNetwork net = network(settings().dataType(type).updater(new Sgd(0.1)), named(variant, WEIGHT));
            INDArray before = net.params().dup();
            net.pretrainLayer(0, x);
            assertEquals(input(4, 6).castTo(type), x);
            double change = Samples.distance(before, net.params());
            assertTrue(change > 1e-4 && change < 100, "the parameters change by " + change);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void pretrainingTakesWeightNoise(LayerVariant variant) {
        Layer noisy = withOptionsOfWeights(
                variant, WEIGHT, builder -> {}, builder -> builder.weightNoise(new DropConnect(0.5)));
        MultiLayerNetwork net = network(settings().updater(new Adam(0.01)), noisy);
        INDArray before = net.params().dup();
        for (int i = 0; i < 5; i++) {
            net.fit(dataSet(4, 6));
            net.pretrainLayer(0, input(4, 6));
        }
        assertTrue(Double.isFinite(net.score(dataSet(4, 6))));
        assertTrue(Samples.distance(before, net.params()) > 1e-3, "training changes nothing");
    }
}
