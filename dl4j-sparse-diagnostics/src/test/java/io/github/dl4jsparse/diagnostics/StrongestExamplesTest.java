package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class StrongestExamplesTest {
    /** All responses of a unit of a code of maps with the units second, sorted. */
    private static List<UnitResponse> sorted(INDArray maps, int unit) {
        List<UnitResponse> all = new ArrayList<>();
        for (int b = 0; b < maps.size(0); b++) {
            UnitResponse best = null;
            for (int y = 0; y < maps.size(2); y++) {
                for (int x = 0; x < maps.size(3); x++) {
                    UnitResponse here = new UnitResponse(b, unit, y, x, maps.getDouble(b, unit, y, x));
                    best = best == null || here.strength() > best.strength() ? here : best;
                }
            }
            all.add(best);
        }
        all.removeIf(response -> response.value() == 0);
        all.sort(UnitResponse.STRONGEST_FIRST);
        return all;
    }

    private static INDArray sparse(long seed, long... shape) {
        INDArray codes = Samples.gaussian(seed, shape);
        return codes.muli(codes.gt(0.5).castTo(codes.dataType()));
    }

    @Test
    void batchesAreOneStream() {
        INDArray codes = sparse(3, 37, 5);
        codes.getColumn(2).assign(0);
        StrongestExamples strongest = new StrongestExamples(4);
        assertEquals(0, strongest.units());
        strongest.add(Rows.of(codes, 0, 10)).add(Rows.of(codes, 10, 1)).add(Rows.of(codes, 11, 26));
        assertEquals(37, strongest.examples());
        for (int unit = 0; unit < 5; unit++) {
            List<UnitResponse> all = sorted(codes.reshape(37, 5, 1, 1), unit);
            assertEquals(all.subList(0, Math.min(4, all.size())), strongest.ofUnit(unit), "unit " + unit);
        }
        assertTrue(strongest.ofUnit(2).isEmpty());
    }

    @Test
    void negativeUnitsAreStrongTooAndTiesGoToTheEarlierExample() {
        StrongestExamples strongest = new StrongestExamples(2);
        strongest
                .add(Nd4j.createFromArray(new double[][] {{1}, {-3}, {3}}))
                .add(Nd4j.createFromArray(new double[][] {{3}}));
        assertEquals(List.of(new UnitResponse(1, 0, 0, 0, -3), new UnitResponse(2, 0, 0, 0, 3)), strongest.ofUnit(0));
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void mapsOfALayerOfANetwork(CNN2DFormat format) {
        boolean first = format == CNN2DFormat.NCHW;
        MultiLayerNetwork net = network(
                InputType.convolutional(5, 4, 2, format),
                new ConvolutionalListaLayer.Builder(3, 2)
                        .nOut(6)
                        .iterations(2)
                        .penalty(new L1Penalty(0.3))
                        .build());
        INDArray images = first ? Samples.gaussian(8, 21, 2, 5, 4) : Samples.gaussian(8, 21, 5, 4, 2);
        StrongestExamples strongest = StrongestExamples.of(net, 0, batches(images), 3);
        INDArray codes = ((UnsupervisedLayer) net.getLayer(0))
                .encode(images.castTo(net.params().dataType()));
        codes = first ? codes : codes.permute(0, 3, 1, 2);
        for (int unit = 0; unit < 6; unit++) {
            assertEquals(sorted(codes, unit).subList(0, 3), strongest.ofUnit(unit), "map " + unit);
        }
    }

    @Test
    void layersAboveTheFirstAndGraphsAreTaken() {
        ListaLayer.Builder code = new ListaLayer.Builder().penalty(new L1Penalty(0.1));
        MultiLayerNetwork net = network(
                InputType.feedForward(4), code.nOut(5).build(), code.nOut(6).build());
        INDArray x = Samples.gaussian(9, 20, 4).castTo(net.params().dataType());
        INDArray codes = net.feedForwardToLayer(1, x).get(2).reshape(20, 6, 1, 1);
        StrongestExamples strongest = StrongestExamples.of(net, 1, batches(x), 7);
        ComputationGraph graph = net.toComputationGraph();
        StrongestExamples ofGraph = StrongestExamples.of(graph, "1", new MultiDataSetIteratorAdapter(batches(x)), 7);
        for (int unit = 0; unit < 6; unit++) {
            List<UnitResponse> all = sorted(codes, unit);
            List<UnitResponse> expected = all.subList(0, Math.min(7, all.size()));
            assertEquals(expected, strongest.ofUnit(unit), "unit " + unit);
            assertEquals(expected, ofGraph.ofUnit(unit), "unit " + unit);
        }
    }

    @Test
    void refusalsSayWhatIsWrong() {
        MultiLayerNetwork net = network(
                InputType.feedForward(4),
                new ListaLayer.Builder().nOut(5).penalty(new L1Penalty(0.1)).build());
        INDArray x = Samples.gaussian(9, 2, 4);
        assertEquals(
                "layer must be one with a dictionary, got 1",
                assertThrows(IllegalArgumentException.class, () -> StrongestExamples.of(net, 1, batches(x), 2))
                        .getMessage());
        StrongestExamples strongest = new StrongestExamples(1).add(x);
        assertEquals(
                "codes must be of 4 units as those before, got 3",
                assertThrows(IllegalArgumentException.class, () -> strongest.add(Samples.gaussian(1, 2, 3)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> strongest.ofUnit(4));
        assertThrows(IllegalArgumentException.class, () -> new StrongestExamples(0));
    }

    private static DataSetIterator batches(INDArray x) {
        return new ListDataSetIterator<>(new DataSet(x, Nd4j.zeros(x.size(0), 2)).asList(), 6);
    }

    private static MultiLayerNetwork network(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(5).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(new OutputLayer.Builder().nOut(2).build())
                        .setInputType(input)
                        .build());
        net.init();
        return net;
    }
}
