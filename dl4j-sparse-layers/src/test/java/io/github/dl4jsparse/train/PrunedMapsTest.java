package io.github.dl4jsparse.train;

import static io.github.dl4jsparse.train.PrunedNetworks.CLASSES;
import static io.github.dl4jsparse.train.PrunedNetworks.layer;
import static io.github.dl4jsparse.train.PrunedNetworks.output;
import static io.github.dl4jsparse.train.PrunedNetworks.pruned;
import static io.github.dl4jsparse.train.PrunedNetworks.silence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.SpatialGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/** {@link UnitPruner} on the maps of convolutional encoders, on images of two channels, 6 x 5 pixels. */
class PrunedMapsTest {
    private static final int HEIGHT = 6;
    private static final int WIDTH = 5;
    private static final int CHANNELS = 2;
    private static final int MAPS = 6;
    private static final int[] KEPT = {0, 2, 3, 5};
    private static final int[] REMOVED = {1, 4};

    private static ConvolutionalListaLayer.Builder encoder(CNN2DFormat format) {
        return new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(MAPS)
                .iterations(2)
                .dataFormat(format)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.3);
    }

    private static ConvolutionalListaLayer.Builder encoder() {
        return encoder(CNN2DFormat.NCHW);
    }

    private static AnyNetwork network(boolean graph, CNN2DFormat format, Layer... layers) {
        return PrunedNetworks.chain(
                graph, new Adam(1e-2), InputType.convolutional(HEIGHT, WIDTH, CHANNELS, format), layers);
    }

    private static INDArray images(CNN2DFormat format, long seed) {
        return format == CNN2DFormat.NCHW
                ? Samples.gaussian(seed, 5, CHANNELS, HEIGHT, WIDTH)
                : Samples.gaussian(seed, 5, HEIGHT, WIDTH, CHANNELS);
    }

    private static DataSet data(CNN2DFormat format, long seed) {
        return new DataSet(images(format, seed), Samples.oneHot(5, CLASSES));
    }

    private static SubsamplingLayer pooling(CNN2DFormat format) {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                .dataFormat(format)
                .build();
    }

    private static ConvolutionLayer convolution(CNN2DFormat format) {
        return new ConvolutionLayer.Builder(2, 2)
                .nOut(3)
                .dataFormat(format)
                .activation(Activation.TANH)
                .build();
    }

    private static Layer[] chain(String above, CNN2DFormat format, ConvolutionalListaLayer encoder) {
        return switch (above) {
            case "classifier" -> new Layer[] {encoder, output()};
            case "convolution" -> new Layer[] {encoder, pooling(format), convolution(format), output()};
            case "encoder" ->
                new Layer[] {
                    encoder,
                    new ActivationLayer.Builder().activation(Activation.RELU).build(),
                    encoder(format)
                            .nOut(3)
                            .coupling(Coupling.free())
                            .unsupervisedWeight(0)
                            .build(),
                    output()
                };
            case "global" -> new Layer[] {encoder, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), output()};
            case "groups" ->
                new Layer[] {
                    encoder,
                    new GroupL2PoolingLayer.Builder(Groups.of(MAPS, new int[][] {{0, 1}, {2, 3}, {4, 5}}))
                            .window(2, 2)
                            .stride(2, 2)
                            .build(),
                    output()
                };
            default -> throw new IllegalArgumentException(above);
        };
    }

    /** Also that moments of the updater and counts are those of the maps that stay: the next updates are the same. */
    @ParameterizedTest
    @CsvSource({
        "classifier,NCHW,false",
        "classifier,NHWC,false",
        "classifier,NHWC,true",
        "convolution,NCHW,true",
        "convolution,NHWC,false",
        "encoder,NCHW,false",
        "encoder,NHWC,true",
        "global,NCHW,false",
        "groups,NCHW,true",
        "groups,NHWC,false"
    })
    void answersAndLearnsAsBeforeWithoutSilentMaps(String above, CNN2DFormat format, boolean graph) {
        AnyNetwork net = network(
                graph, format, chain(above, format, encoder(format).gain(true).build()));
        net.fit(data(format, 1));
        silence(layer(net, 0), REMOVED);
        AnyNetwork smaller = pruned(net, KEPT);
        INDArray x = images(format, 2);
        assertEquals(0, Samples.distance(net.output(x), smaller.output(x)), 1e-12);
        assertTrue(smaller.params().length() < net.params().length());
        for (int i = 0; i < 3; i++) {
            net.fit(data(format, 3 + i));
            smaller.fit(data(format, 3 + i));
        }
        assertEquals(0, Samples.distance(net.output(x), smaller.output(x)), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("io.github.dl4jsparse.nn.lista.Choice#driven")
    void everyParameterLosesItsMaps(Coupling coupling) throws IOException {
        AnyNetwork net = network(
                false,
                CNN2DFormat.NCHW,
                encoder().coupling(coupling).gain(true).untied(true).build(),
                output());
        net.fit(data(CNN2DFormat.NCHW, 1));
        silence(layer(net, 0), REMOVED);
        AnyNetwork smaller = pruned(net, KEPT).saved();
        INDArray x = images(CNN2DFormat.NCHW, 2);
        assertEquals(0, Samples.distance(net.output(x), smaller.output(x)), 1e-12);
        // two steps of their own, patches of 3 x 2 pixels
        assertArrayEquals(
                new long[] {2 * 4, 12}, layer(smaller, 0).getParam("E").shape());
        assertArrayEquals(new long[] {12, 4}, layer(smaller, 0).getParam("D").shape());
        assertArrayEquals(new long[] {2, 4}, layer(smaller, 0).getParam("b").shape());
        if (coupling == Coupling.free()) {
            // 5 x 3 positions overlap
            assertArrayEquals(
                    new long[] {4, 15 * 4}, layer(smaller, 0).getParam("S").shape());
        }
        INDArray gain = layer(net, 0).getParam("g");
        for (int i = 0; i < KEPT.length; i++) {
            assertEquals(
                    gain.getDouble(KEPT[i]), layer(smaller, 0).getParam("g").getDouble(i));
        }
        assertEquals(KEPT.length, ((SparseLayerConf) layer(smaller, 0).conf().getLayer()).getNOut());
    }

    @Test
    void batchNormalisationKeepsTheStatisticsOfTheMaps() {
        AnyNetwork net = network(
                false,
                CNN2DFormat.NCHW,
                encoder().iterations(1).build(),
                new BatchNormalization.Builder().build(),
                pooling(CNN2DFormat.NCHW),
                output());
        for (int i = 0; i < 3; i++) {
            net.fit(data(CNN2DFormat.NCHW, i));
        }
        AnyNetwork smaller = pruned(net, KEPT);
        INDArray x = images(CNN2DFormat.NCHW, 7);
        // one step: maps do not see each other
        INDArray all = activations(net, x, 2);
        INDArray left = activations(smaller, x, 2);
        for (int i = 0; i < KEPT.length; i++) {
            assertEquals(
                    0,
                    Samples.distance(
                            all.get(NDArrayIndex.all(), NDArrayIndex.point(KEPT[i]))
                                    .dup(),
                            left.get(NDArrayIndex.all(), NDArrayIndex.point(i)).dup()),
                    1e-12);
        }
        smaller.fit(data(CNN2DFormat.NCHW, 8));
    }

    private static INDArray activations(AnyNetwork net, INDArray x, int layer) {
        return ((org.deeplearning4j.nn.multilayer.MultiLayerNetwork) net.model())
                .feedForward(x, false)
                .get(layer + 1);
    }

    @Test
    void penaltiesOnAllUnitsOfAnImageLoseWholeMaps() {
        SpatialGroupPenalty penalty =
                new SpatialGroupPenalty(0.1, HEIGHT, WIDTH, Groups.blocks(MAPS, 2), SpatialWindow.square(2, 1), 1e-3);
        AnyNetwork net =
                network(false, CNN2DFormat.NCHW, encoder().penalty(penalty).build(), output());
        SparseLayerConf conf =
                (SparseLayerConf) layer(pruned(net, KEPT), 0).conf().getLayer();
        assertEquals(
                new SpatialGroupPenalty(
                        0.1,
                        HEIGHT,
                        WIDTH,
                        Groups.blocks(MAPS, 2).restrictedTo(KEPT),
                        SpatialWindow.square(2, 1),
                        1e-3),
                conf.getPenalty());
    }

    /** S between maps, and S between all units of an image. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void learnedInhibitionIsCut(int places) throws IOException {
        int units = places * MAPS;
        InhibitionMatrix start = InhibitionMatrix.uniform(units, 1.0 / (units - 1));
        AnyNetwork net = network(
                false,
                CNN2DFormat.NCHW,
                encoder()
                        .stride(3, 2)
                        .convolutionMode(org.deeplearning4j.nn.conf.ConvolutionMode.Truncate)
                        .penalty(new LateralInhibitionPenalty(0.1, start, new L1Penalty(0.02))
                                .learned(LearnedInhibition.ascent(1, 0.9)))
                        .build(),
                output());
        for (int i = 0; i < 5; i++) {
            net.fit(data(CNN2DFormat.NCHW, i));
        }
        INDArray s = layer(net, 0).getParam("Si");
        assertTrue(Samples.distance(s, Nd4j.create(start.toArray())) > 1e-6, "S moves");
        AnyNetwork smaller = pruned(net, KEPT).saved();
        int[] kept = IntStream.range(0, places)
                .flatMap(place -> IntStream.of(KEPT).map(map -> place * MAPS + map))
                .toArray();
        INDArray left = layer(smaller, 0).getParam("Si");
        assertArrayEquals(new long[] {kept.length, kept.length}, left.shape());
        for (int i = 0; i < kept.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                assertEquals(s.getDouble(kept[i], kept[j]), left.getDouble(i, j));
            }
        }
        smaller.fit(data(CNN2DFormat.NCHW, 2));
        assertEquals(
                0, layer(smaller, 0).getParam("Si").sum(0).sub(1).amaxNumber().doubleValue(), 1e-6);
    }

    private static void refused(String message, Layer... layers) {
        for (boolean graph : new boolean[] {false, true}) {
            AnyNetwork net = network(graph, CNN2DFormat.NCHW, layers);
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> pruned(net, 0, 1))
                            .getMessage());
        }
    }

    @Test
    void mapsThatCannotBeCutAreNamed() {
        String whole = " must be one that can do with fewer units or inputs (every unit has a position in the map and a"
                + " filter of its own over all channels, so that the map would have holes), got LocallyConnectedListaLayer";
        LocallyConnectedListaLayer local =
                new LocallyConnectedListaLayer.Builder(3).nOut(4).build();
        refused("layer \"layer0\"" + whole, local, output());
        refused(
                "layer \"layer1\"" + whole,
                encoder().build(),
                new LocallyConnectedListaLayer.Builder(3).nOut(4).build(),
                output());
        refused(
                "layer \"layer1\" above the removed units must be one that can do with fewer inputs (dense, output,"
                        + " convolution, pooling, dropout, activation unit by unit, batch normalisation, or a layer of this"
                        + " library), got LocalContrastLayer",
                encoder().build(),
                new LocalContrastLayer.Builder().window(3).build(),
                output());
        refused("kept must be from 0 to 0, got 1", encoder().nOut(1).build(), output());
    }
}
