package io.github.dl4jsparse.train;

import static io.github.dl4jsparse.train.PrunedNetworks.INPUTS;
import static io.github.dl4jsparse.train.PrunedNetworks.chain;
import static io.github.dl4jsparse.train.PrunedNetworks.data;
import static io.github.dl4jsparse.train.PrunedNetworks.layer;
import static io.github.dl4jsparse.train.PrunedNetworks.output;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.dl4j.UpdaterStates;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.TransposeLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;

class UnitRevivalTest {
    private static final int UNITS = 7;
    /** The last one too. */
    private static final int[] DEAD = {1, 4, 6};

    private static ListaLayer.Builder lista() {
        return PrunedNetworks.lista(UNITS);
    }

    static Stream<Layer> layers() {
        return Stream.of(
                lista().build(),
                lista().iterations(1).gain(true).build(),
                lista().untied(true).gain(true).build(),
                lista().tiedDecoder(true).decoderNorm(0.5).build(),
                lista().coupling(Coupling.dictionary()).build(),
                new SparseCodingLayer.Builder()
                        .nOut(UNITS)
                        .penalty(new L1Penalty(0.1))
                        .unsupervisedWeight(1)
                        .decoderNorm(0.5)
                        .build());
    }

    private static DataSetIterator iterator(DataSet data) {
        return new ListDataSetIterator<>(data.asList(), 4);
    }

    private static void revive(AnyNetwork net, int[] units, DataSet data) {
        if (net.model() instanceof MultiLayerNetwork stack) {
            UnitRevival.revive(stack, 0, units, iterator(data), 1);
        } else {
            UnitRevival.revive(
                    (ComputationGraph) net.model(),
                    "layer0",
                    units,
                    new MultiDataSetIteratorAdapter(iterator(data)),
                    1);
        }
    }

    private static boolean isDead(long unit) {
        return Arrays.binarySearch(DEAD, (int) (unit % UNITS)) >= 0;
    }

    /** Whether an element is of a revived unit, by what is written in the documentation of the layers' parameters. */
    private static boolean isOfDead(String parameter, long row, long column) {
        return switch (parameter) {
            case "E" -> isDead(row);
            case "a" -> false;
            case "S" -> isDead(row) || isDead(column);
            default -> isDead(column);
        };
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aliveUnitsKeepEveryBit(Layer conf) {
        for (boolean graph : new boolean[] {false, true}) {
            AnyNetwork net = chain(graph, new Adam(1e-2), conf.clone(), output());
            net.fit(data(1, 9));
            net.fit(data(2, 9));
            List<INDArray> before = new ArrayList<>();
            List<INDArray> after = new ArrayList<>();
            keep(net, before);
            revive(net, DEAD, data(3, 12));
            keep(net, after);
            int i = 0;
            for (int l = 0; l < 2; l++) {
                for (String name : layer(net, l).paramTable().keySet()) {
                    for (int k = 0; k < 3; k++, i++) {
                        compare(name, l == 0, before.get(i), after.get(i), k > 0);
                    }
                }
            }
        }
    }

    /** Every parameter, followed by its two moments. */
    private static void keep(AnyNetwork net, List<INDArray> kept) {
        for (UpdaterStates states : UpdaterStates.of(PrunedNetworks.updater(net))) {
            kept.add(states.owner().paramTable(false).get(states.parameter()).dup('c'));
            assertEquals(2, states.moments().size());
            states.moments().forEach(moment -> kept.add(moment.dup('c')));
        }
    }

    private static void compare(String name, boolean revived, INDArray before, INDArray after, boolean moment) {
        INDArray left = before.rank() == 2 ? before : before.reshape(1, before.length());
        INDArray right = after.rank() == 2 ? after : after.reshape(1, after.length());
        int changed = 0;
        for (int row = 0; row < left.rows(); row++) {
            for (int column = 0; column < left.columns(); column++) {
                double value = right.getDouble(row, column);
                if (!revived || !isOfDead(name, row, column)) {
                    assertEquals(left.getDouble(row, column), value, name + " " + row + ", " + column);
                } else if (moment) {
                    assertEquals(0, value, name + " " + row + ", " + column);
                } else {
                    changed += left.getDouble(row, column) == value ? 0 : 1;
                }
            }
        }
        assertTrue(!revived || moment || "bga".contains(name) || changed > 0, name);
    }

    /** With an encoder that is unrolled, whatever the input; the first step after the revival sees the new units. */
    @Test
    void outputsOfAliveUnitsStay() {
        for (ListaLayer.Builder encoder : List.of(lista(), lista().untied(true).gain(true))) {
            AnyNetwork net = chain(false, new Adam(1e-2), encoder.build(), output());
            net.fit(data(1, 9));
            INDArray thresholds = layer(net, 0).getParam("b");
            for (int unit : DEAD) {
                thresholds.getColumn(unit).assign(1e6);
            }
            INDArray x = Samples.gaussian(5, 40, INPUTS);
            SparseLayer<?> layer = (SparseLayer<?>) layer(net, 0);
            INDArray before = layer.encode(x);
            revive(net, DEAD, data(3, 12));
            INDArray after = layer.encode(x);
            for (int unit = 0; unit < UNITS; unit++) {
                if (isDead(unit)) {
                    assertEquals(0, before.getColumn(unit).maxNumber().doubleValue());
                    assertTrue(after.getColumn(unit)
                                    .gt(0)
                                    .castTo(DataType.DOUBLE)
                                    .meanNumber()
                                    .doubleValue()
                            > 0.1);
                } else {
                    assertEquals(
                            before.getColumn(unit).dup(), after.getColumn(unit).dup());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void newUnitsDescribeInputsOfTheData(boolean untied) {
        AnyNetwork net =
                chain(false, new Adam(1e-2), lista().untied(untied).gain(true).build(), output());
        // the steps' weights are no longer the same
        net.fit(data(1, 9));
        DataSet data = data(3, 12);
        revive(net, DEAD, data);
        INDArray directions =
                data.getFeatures().divColumnVector(data.getFeatures().norm2(true, 1));
        INDArray d = layer(net, 0).getParam("D");
        Set<Integer> sources = new HashSet<>();
        for (int unit : DEAD) {
            INDArray cosines = directions.mmul(d.getColumn(unit).reshape(INPUTS, 1));
            assertEquals(1, cosines.maxNumber().doubleValue(), 1e-12);
            sources.add(cosines.argMax(0).getInt(0));
            assertEquals(1, layer(net, 0).getParam("g").getDouble(0, unit));
            INDArray thresholds = layer(net, 0).getParam("b");
            for (int step = 0; step < thresholds.rows(); step++) {
                assertEquals(0, thresholds.getDouble(step, unit));
            }
        }
        assertEquals(DEAD.length, sources.size());
        INDArray encoders = layer(net, 0).getParam("E");
        for (int step = 0; step < (untied ? 3 : 1); step++) {
            assertRowsOfTheEncoder(Rows.block(encoders, step, UNITS), d);
        }
        INDArray recurrents = layer(net, 0).getParam("S");
        for (int k = 0; k < (untied ? 2 : 1); k++) {
            assertRecurrence(Rows.block(recurrents, k, UNITS), Rows.block(encoders, untied ? k + 1 : 0, UNITS), d);
        }
    }

    private static void assertRowsOfTheEncoder(INDArray encoder, INDArray decoder) {
        double[] norms = encoder.norm2(1).toDoubleVector();
        double mean = IntStream.range(0, UNITS)
                .filter(unit -> !isDead(unit))
                .mapToDouble(unit -> norms[unit])
                .average()
                .orElseThrow();
        for (int unit : DEAD) {
            assertEquals(0, Samples.distance(decoder.getColumn(unit).mul(0.2 * mean), encoder.getRow(unit)), 1e-12);
        }
    }

    private static void assertRecurrence(INDArray recurrent, INDArray encoder, INDArray decoder) {
        for (int unit : DEAD) {
            INDArray row = encoder.getRow(unit, true).mmul(decoder).negi();
            row.putScalar(0, unit, row.getDouble(0, unit) + 1);
            assertEquals(0, Samples.distance(row, recurrent.getRow(unit, true)), 1e-12);
            for (int other = 0; other < UNITS; other++) {
                assertTrue(isDead(other) || recurrent.getDouble(other, unit) == 0);
            }
        }
    }

    @Test
    void badlyDescribedInputsAreDrawnMoreOften() {
        // all inputs but the tenth are almost on the only atom that is left
        INDArray x = Samples.gaussian(1, 1, INPUTS).repeat(0, 20);
        x.addi(Samples.gaussian(2, 20, INPUTS).mul(0.02));
        INDArray odd = Samples.gaussian(3, 1, INPUTS);
        x.putRow(10, odd);
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            MultiLayerNetwork net = (MultiLayerNetwork) chain(
                            false,
                            new Adam(1e-2),
                            new SparseCodingLayer.Builder()
                                    .nOut(2)
                                    .penalty(new L1Penalty(1e-3))
                                    .build(),
                            output())
                    .model();
            INDArray d = net.getLayer(0).getParam("D");
            d.getColumn(0).assign(x.getRow(0).div(x.getRow(0).norm2Number()));
            d.getColumn(1).assign(0);
            UnitRevival.revive(net, 0, new int[] {1}, iterator(new DataSet(x, Samples.oneHot(20, 3))), seed);
            double cosine = Samples.dot(d.getColumn(1), odd.reshape(INPUTS))
                    / odd.norm2Number().doubleValue();
            found += cosine > 1 - 1e-9 ? 1 : 0;
        }
        assertEquals(20, found);
    }

    @Test
    void revivedUnitsAreUsedAfterTraining() {
        AnyNetwork net =
                chain(false, new Adam(1e-2), lista().unsupervisedWeight(1).build(), output());
        MultiLayerNetwork stack = (MultiLayerNetwork) net.model();
        DataSet all = data(1, 60);
        for (int unit : DEAD) {
            stack.getLayer(0).getParam("b").getColumn(unit).assign(1e6);
        }
        UnitUsage before = UnitUsage.of(stack, 0, iterator(all), 0);
        assertArrayEquals(DEAD, before.deadUnits());
        double[] energy = new double[2];
        energy[0] = trainedEnergy(stack, all);
        UnitRevival.revive(stack, 0, before.deadUnits(), iterator(all), 1);
        energy[1] = trainedEnergy(stack, all);
        assertEquals(0, UnitUsage.of(stack, 0, iterator(all), 0).deadUnits().length);
        assertTrue(energy[1] < 0.9 * energy[0], Arrays.toString(energy));
    }

    private static double trainedEnergy(MultiLayerNetwork net, DataSet data) {
        for (int i = 0; i < 200; i++) {
            net.fit(data);
        }
        return ((UnsupervisedLayer) net.getLayer(0)).energy(data.getFeatures()).total();
    }

    /** The start of AdaGrad's state is not zero. */
    @Test
    void stateIsThatOfANewUpdater() {
        AnyNetwork net = chain(false, new AdaGrad(0.1), lista().build(), output());
        UpdaterStates start =
                UpdaterStates.of(((MultiLayerNetwork) net.model()).getUpdater()).get(0);
        double initial = start.moments().get(0).getDouble(1, 0);
        assertTrue(initial > 0);
        net.fit(data(1, 9));
        INDArray state =
                UpdaterStates.of(PrunedNetworks.updater(net)).get(0).moments().get(0);
        assertNotEquals(initial, state.getDouble(1, 0));
        revive(net, DEAD, data(3, 12));
        assertEquals(initial, state.getDouble(1, 0));
        assertNotEquals(initial, state.getDouble(0, 0));
    }

    @Test
    void momentsOfDl4jsPretrainingAreReset() {
        MultiLayerNetwork net = (MultiLayerNetwork)
                chain(false, new Adam(1e-2), lista().build(), output()).model();
        net.pretrainLayer(0, data(1, 9).getFeatures());
        INDArray moment = UpdaterStates.of(((SparseLayer<?>) net.getLayer(0)).pretrainUpdater(false))
                .get(0)
                .moments()
                .get(0);
        INDArray before = moment.dup();
        UnitRevival.revive(net, 0, DEAD, iterator(data(3, 12)), 1);
        assertEquals(before.getRow(0), moment.getRow(0).dup());
        assertTrue(before.getRow(1).norm2Number().doubleValue() > 0);
        assertEquals(0, moment.getRow(1).norm2Number().doubleValue());
    }

    /** Codes of blank inputs are not zero where thresholds are negative: these are badly described, and have no direction. */
    @ParameterizedTest
    @MethodSource("layers")
    void blankInputsAndThoseThatAreNotFiniteAreNeverDrawn(Layer conf) {
        AnyNetwork net = chain(false, new Adam(1e-2), conf.clone(), output());
        INDArray threshold = layer(net, 0).paramTable().get(ListaLayer.THRESHOLD);
        if (threshold != null) {
            threshold.assign(-0.3);
        }
        DataSet data = data(3, 30);
        for (int i = 3; i < 28; i++) {
            data.getFeatures().getRow(i).assign(0);
        }
        data.getFeatures().putScalar(28, 1, Double.NaN);
        data.getFeatures().putScalar(29, 1, Double.POSITIVE_INFINITY);
        revive(net, DEAD, data);
        assertTrue(Finite.all(layer(net, 0).params()));
        INDArray atoms =
                ((UnsupervisedLayer) layer(net, 0)).decode(Nd4j.eye(UNITS).castTo(DataType.DOUBLE));
        for (int unit : DEAD) {
            INDArray atom = atoms.getRow(unit);
            double norm = atom.norm2Number().doubleValue();
            assertTrue(norm > 1e-3, "unit " + unit + ": " + norm);
            double cosine = IntStream.range(0, 3)
                    .mapToObj(data.getFeatures()::getRow)
                    .mapToDouble(
                            x -> Samples.dot(x, atom) / (norm * x.norm2Number().doubleValue()))
                    .max()
                    .orElseThrow();
            assertEquals(1, cosine, 1e-9);
        }
        INDArray params = layer(net, 0).params().dup();
        data.getFeatures().getRow(0).assign(0);
        String said = refused(() -> revive(net, DEAD, data));
        assertTrue(said.contains("got 2: ") && said.contains("blank"), said);
        data.getFeatures().assign(0);
        refused(() -> revive(net, new int[] {1}, data));
        assertEquals(params, layer(net, 0).params());
    }

    @Test
    void whatCannotBeRevivedIsRefused() {
        MultiLayerNetwork net = (MultiLayerNetwork)
                chain(false, new Adam(1e-2), lista().build(), output()).model();
        INDArray params = net.params().dup();
        UnitRevival.revive(net, 0, new int[0], iterator(data(3, 12)), 1);
        int[] all = IntStream.range(0, UNITS).toArray();
        assertEquals(
                "units to revive must be less than all 7 of the layer, got 7",
                refused(() -> UnitRevival.revive(net, 0, all, iterator(data(3, 12)), 1)));
        assertEquals(
                "units to revive must be from 0 to 6, got 7",
                refused(() -> UnitRevival.revive(net, 0, new int[] {7}, iterator(data(3, 12)), 1)));
        assertEquals(
                "data must be at least 3 finite inputs that are not blank and that the layer does not reconstruct perfectly,"
                        + " got 2: 0 were blank or not finite, 0 reconstructed perfectly or not finite",
                refused(() -> UnitRevival.revive(net, 0, DEAD, iterator(data(3, 2)), 1)));
        assertEquals(
                "layer must be one that can be pre-trained, got 1",
                refused(() -> UnitRevival.revive(net, 1, DEAD, iterator(data(3, 12)), 1)));
        assertEquals(params, net.params());
        MultiLayerNetwork other = (MultiLayerNetwork) chain(
                        false,
                        new Adam(1e-2),
                        new TransposeLayer.Builder().nOut(UNITS).build(),
                        output())
                .model();
        String said = refused(() -> UnitRevival.revive(other, 0, DEAD, iterator(data(3, 12)), 1));
        assertTrue(said.startsWith("layer must be a ListaLayer or SparseCodingLayer; of other layers remove"), said);
        assertTrue(said.endsWith("got TransposeLayer \"layer0\""), said);
    }

    private static String refused(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
