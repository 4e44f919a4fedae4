package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.CapturedLog;
import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Misuses that once went unnoticed, and their warnings or errors.
 * <table>
 * <caption>Misuses</caption>
 * <tr><th>misuse</th><th>pre-training</th><th>fit()</th></tr>
 * <tr><td>penalty so large that every code is zero</td><td>WARN at the end of the stage</td><td>WARN after 1,000 examples</td></tr>
 * <tr><td>most units dead</td><td>WARN at the end of the stage</td><td>WARN at 10,000 examples or the end of an epoch</td></tr>
 * <tr><td>learning rate so large that the energy rises</td><td>WARN at the end of the stage</td><td>WARN within 25 iterations</td></tr>
 * <tr><td>data of 0 to 255</td><td>WARN at the end of the stage</td><td>WARN at the first pass</td></tr>
 * <tr><td>stage never pre-trained, random decoder</td><td></td><td>WARN at the first pass</td></tr>
 * <tr><td>penalty 0</td><td>WARN at the start of the stage</td><td>WARN at the first pass</td></tr>
 * <tr><td>group sparsity without penalty; options without effect</td><td colspan="2">refused by build()</td></tr>
 * </table>
 */
class MisuseTest {
    private static final int INPUTS = 20;
    private static final int EXAMPLES = 640;
    private static final INDArray ATOMS = unit(Samples.gaussian(DataType.FLOAT, 7, 24, INPUTS));

    private static INDArray unit(INDArray rows) {
        return rows.diviColumnVector(rows.norm2(true, 1));
    }

    /** Sums of three atoms with positive coefficients, of length 1. */
    private static INDArray inputs() {
        Random random = new Random(3);
        INDArray codes = Samples.gaussian(DataType.FLOAT, 1, EXAMPLES, 24).muli(0);
        for (int n = 0; n < EXAMPLES; n++) {
            for (int k = 0; k < 3; k++) {
                codes.putScalar(n, random.nextInt(24), 0.5 + random.nextDouble());
            }
        }
        return unit(codes.mmul(ATOMS));
    }

    private static DataSetIterator data(INDArray inputs) {
        int n = (int) inputs.size(0);
        return new ListDataSetIterator<>(
                new DataSet(inputs, Samples.oneHot(n, 3).castTo(DataType.FLOAT)).asList(), 32);
    }

    private static ListaLayer.Builder lista(double penalty) {
        return new ListaLayer.Builder().name("code").nOut(24).iterations(3).penalty(new L1Penalty(penalty));
    }

    private static MultiLayerNetwork network(IUpdater updater, Layer layer) {
        return Networks.classifier(updater, INPUTS, 3, layer);
    }

    private static List<String> pretrained(MultiLayerNetwork net, DataSetIterator data, int epochs) {
        try (CapturedLog log = new CapturedLog()) {
            LayerwisePretrainer.builder().epochs(epochs).build().fit(net, data);
            return log.warnings();
        }
    }

    private static List<String> fitted(MultiLayerNetwork net, DataSetIterator data, int epochs) {
        try (CapturedLog log = new CapturedLog()) {
            net.fit(data, epochs);
            net.output(data(inputs()).next().getFeatures());
            return log.warnings();
        }
    }

    /** One warning, with the finding, the remedy and the layer. */
    private static void saysOnce(List<String> warnings, String finding, String remedy) {
        assertEquals(1, warnings.size(), warnings.toString());
        String said = warnings.get(0);
        assertTrue(Pattern.compile(finding).matcher(said).find(), said);
        assertTrue(said.contains(remedy), said);
        assertTrue(said.contains("code"), said);
    }

    @Test
    void healthyTrainingSaysNothingButALineAnEpoch() {
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(0.03).unsupervisedWeight(1).build());
        try (CapturedLog log = new CapturedLog(LayerwisePretrainer.class)) {
            LayerwisePretrainer.builder().epochs(5).build().fit(net, data(inputs()));
            net.fit(data(inputs()), 20);
            net.output(inputs());
            assertEquals(List.of(), log.warnings());
            List<String> lines = log.lines("INFO");
            assertEquals(5, lines.size(), lines.toString());
            for (int epoch = 1; epoch <= 5; epoch++) {
                String line = lines.get(epoch - 1);
                assertTrue(
                        line.matches(
                                "layer \"code\": epoch " + epoch + "/5, energy 0\\.\\d+, \\d+\\.\\d of 24 units active"
                                        + " an example, \\d+ dead, \\d+ s left"),
                        line);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyCodeZero(boolean pretraining) {
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(50).unsupervisedWeight(1).build());
        List<String> warnings = pretraining ? pretrained(net, data(inputs()), 2) : fitted(net, data(inputs()), 3);
        saysOnce(
                warnings,
                "all codes were zero on the last \\d+ examples \\(the penalty is \\d+(\\.\\d+)? times the smallest",
                "lower the penalty");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mostUnitsDead(boolean pretraining) {
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(0.03).unsupervisedWeight(1).build());
        for (int unit = 0; unit < 12; unit++) {
            net.getLayer(0).getParam("b").putScalar(0, unit, 100);
        }
        List<String> warnings = pretraining ? pretrained(net, data(inputs()), 2) : fitted(net, data(inputs()), 1);
        saysOnce(warnings, "1\\d of 24 units were zero on the last 640 examples", "UnitRevival.revive(net, layer, ");
    }

    /** In fit() without epochs too, where there are 10,000 examples. */
    @Test
    void mostUnitsDeadAfterTenThousandExamples() {
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(0.03).unsupervisedWeight(1).build());
        for (int unit = 0; unit < 12; unit++) {
            net.getLayer(0).getParam("b").putScalar(0, unit, 100);
        }
        DataSet all = new DataSet(inputs(), Samples.oneHot(EXAMPLES, 3).castTo(DataType.FLOAT));
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 1; i <= 15; i++) {
                net.fit(all);
            }
            assertEquals(List.of(), log.warnings(), "9,600 examples");
            for (int i = 16; i <= 40; i++) {
                net.fit(all);
            }
            saysOnce(log.warnings(), "1\\d of 24 units were zero on the last 10000 examples", "UnitRevival");
        }
    }

    static Stream<Arguments> tooFast() {
        return Stream.of(
                Arguments.of(new Adam(1), true), Arguments.of(new Adam(1), false), Arguments.of(new Sgd(10), false));
    }

    @ParameterizedTest
    @MethodSource("tooFast")
    void energyRises(IUpdater updater, boolean pretraining) {
        MultiLayerNetwork net =
                network(updater, lista(0.03).unsupervisedWeight(1).build());
        List<String> warnings = pretraining ? pretrained(net, data(inputs()), 3) : fitted(net, data(inputs()), 3);
        List<String> risen = warnings.stream()
                .filter(warning -> warning.contains("the energy rose from"))
                .toList();
        saysOnce(risen, "rose from 0\\.\\d+ at first, .* over as many latest", "lower the learning rate");
    }

    /** What ends as NaN in pre-training ends it. */
    @Test
    void energyExplodesInPretraining() {
        MultiLayerNetwork net = network(new Sgd(10), lista(0.03).build());
        String message = assertThrows(DivergenceException.class, () -> pretrained(net, data(inputs()), 3))
                .getMessage();
        assertTrue(message.contains("lower the learning rate (layer \"code\""), message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pixelsOfZeroTo255(boolean pretraining) {
        INDArray pixels =
                Samples.gaussian(DataType.FLOAT, 4, EXAMPLES, INPUTS).muli(60).addi(128);
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(0.03).unsupervisedWeight(1).build());
        List<String> warnings = pretraining ? pretrained(net, data(pixels), 1) : fitted(net, data(pixels), 1);
        List<String> scale =
                warnings.stream().filter(w -> w.contains("almost no effect")).toList();
        saysOnce(scale, "the penalty is [1-9]\\.\\de-0[4-6] of the smallest", "ImagePreProcessingScaler");
    }

    @Test
    void decoderThatStaysRandom() {
        MultiLayerNetwork net = network(new Adam(1e-3), lista(0.03).build());
        saysOnce(fitted(net, data(inputs()), 3), "the decoder D stays random", "LayerwisePretrainer");
        assertEquals(List.of(), fitted(Decoders.remove(net), data(inputs()), 1));
        MultiLayerNetwork given = network(new Adam(1e-3), lista(0.03).build());
        ((UnsupervisedLayer) given.getLayer(0)).startFrom(ATOMS.transpose());
        assertEquals(List.of(), fitted(given, data(inputs()), 1));
        MultiLayerNetwork pretrained = network(new Adam(1e-3), lista(0.03).build());
        assertEquals(List.of(), pretrained(pretrained, data(inputs()), 1));
        assertEquals(List.of(), fitted(pretrained, data(inputs()), 1));
        assertEquals(List.of(), fitted(pretrained.clone(), data(inputs()), 1));
        MultiLayerNetwork started =
                network(new Adam(1e-3), lista(0.03).inputScaling(true).build());
        DataStart.of(started, data(inputs()), 1);
        assertEquals(List.of(), fitted(started.clone(), data(inputs()), 1), "a copy of one that was started from data");
        MultiLayerNetwork unstarted =
                network(new Adam(1e-3), lista(0.03).inputScaling(true).build());
        saysOnce(fitted(unstarted, data(inputs()), 3), "the decoder D stays random", "LayerwisePretrainer");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noPenalty(boolean pretraining) {
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(0).unsupervisedWeight(1).build());
        List<String> warnings = pretraining ? pretrained(net, data(inputs()), 1) : fitted(net, data(inputs()), 1);
        saysOnce(warnings, "the penalty is 0, so that nothing makes the codes sparse", "set penalty(");
    }

    @Test
    void mapsAreUnits() {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .list()
                .layer(new ConvolutionalListaLayer.Builder(3, 2)
                        .name("code")
                        .nOut(4)
                        .penalty(new L1Penalty(0.03))
                        .unsupervisedWeight(1)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.setInputType(InputType.convolutional(5, 4, 2)).build());
        net.init();
        net.getLayer(0).getParam("b").putScalar(0, 1, 100).putScalar(0, 2, 100);
        INDArray images = Samples.gaussian(DataType.FLOAT, 4, 64, 2, 5, 4);
        DataSetIterator data = new ListDataSetIterator<>(
                new DataSet(images, Samples.oneHot(64, 3).castTo(DataType.FLOAT)).asList(), 16);
        try (CapturedLog log = new CapturedLog()) {
            net.fit(data, 2);
            saysOnce(log.warnings(), "2 of 4 units were zero on the last 64 examples", "UnitRevival");
        }
    }

    /** DL4J 1.0.0-M2.1's AutoEncoder climbs its own loss: what pre-trains it says so. */
    @Test
    void layersOfDl4jAreWatchedByTheirScore() {
        MultiLayerNetwork net = network(
                new Sgd(0.05),
                new AutoEncoder.Builder()
                        .name("code")
                        .nOut(12)
                        .activation(Activation.IDENTITY)
                        .corruptionLevel(0)
                        .build());
        saysOnce(pretrained(net, data(inputs()), 2), "the energy rose from", "lower the learning rate");
    }

    @Test
    void frozenLayersSayNothing() {
        MultiLayerNetwork net =
                network(new Adam(1e-3), lista(50).unsupervisedWeight(1).build());
        MultiLayerNetwork frozen =
                new TransferLearning.Builder(net).setFeatureExtractor(0).build();
        assertEquals(List.of(), fitted(frozen, data(inputs()), 3));
    }

    @Test
    void whatWouldHaveNoEffectIsRefused() {
        for (ListaLayer.Builder builder : List.of(
                lista(0.1).activation(Activation.TANH),
                lista(0.1).biasInit(3),
                lista(0.1).gainInit(2))) {
            String message = assertThrows(DL4JInvalidConfigException.class, builder::build)
                    .getMessage();
            assertTrue(message.contains("must be left out"), message);
            assertTrue(message.contains("(layer \"code\", ListaLayer)"), message);
        }
        String message = assertThrows(
                        DL4JInvalidConfigException.class,
                        () -> new GroupSparsityLayer.Builder().name("code").build())
                .getMessage();
        assertTrue(message.startsWith("penaltyWeight must be set"), message);
    }
}
