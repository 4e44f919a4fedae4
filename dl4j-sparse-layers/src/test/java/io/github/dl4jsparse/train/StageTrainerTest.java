package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** One bad batch of many does not reach the parameters; descent and resume are in {@link LayerwisePretrainerTest}. */
class StageTrainerTest {
    private static final int INPUTS = 12;

    private static INDArray features(int n) {
        return Samples.gaussian(DataType.FLOAT, 3, 64, INPUTS)
                .getRows(IntStream.range(0, n).toArray());
    }

    private static DataSetIterator data(INDArray features) {
        int n = (int) features.size(0);
        return new ListDataSetIterator<>(
                new DataSet(features, Samples.oneHot(n, 3).castTo(DataType.FLOAT)).asList(), 4);
    }

    /** Sixteen batches of four, the eleventh with one bad value. */
    private static DataSetIterator dataWithOneBad(double value) {
        INDArray features = features(64);
        features.putScalar(41, 5, value);
        return data(features);
    }

    private static ListaLayer.Builder lista() {
        return new ListaLayer.Builder().name("lower").nOut(INPUTS).iterations(3).penalty(new L1Penalty(0.05));
    }

    private static ListaLayer uncheckedLista() {
        return lista().validateInput(false).build();
    }

    private static MultiLayerNetwork alone(ListaLayer layer, IUpdater updater) {
        return Networks.classifier(updater, INPUTS, 3, layer);
    }

    /** The parameters after the first ten batches. */
    private static INDArray paramsAfterTen(IUpdater updater) {
        MultiLayerNetwork net = alone(uncheckedLista(), updater);
        LayerwisePretrainer.builder().build().fit(net, data(features(40)));
        return net.params();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void aBadBatchIsReportedAndTheWeightsBeforeItStay(double bad) {
        MultiLayerNetwork net = alone(uncheckedLista(), new Adam(1e-3));
        DivergenceException e = assertThrows(
                DivergenceException.class,
                () -> LayerwisePretrainer.builder().epochs(3).build().fit(net, dataWithOneBad(bad)));
        assertTrue(
                e.getMessage().startsWith("pre-training diverged: its energy must be finite, got ")
                        && e.getMessage().contains(" in batch 11 of epoch 1; ")
                        && e.getMessage().endsWith("(layer \"lower\", index 0)"),
                e.getMessage());
        assertEquals(10, e.iteration());
        assertEquals(1, e.epoch());
        assertEquals(11, e.batch());
        assertEquals(0, Samples.distance(paramsAfterTen(new Adam(1e-3)), net.params()));
    }

    @Test
    void aBadBatchThatTheLayerRefusesIsNamedToo() {
        MultiLayerNetwork net = alone(lista().build(), new Adam(1e-3));
        DL4JInvalidInputException e = assertThrows(
                DL4JInvalidInputException.class,
                () -> LayerwisePretrainer.builder().build().fit(net, dataWithOneBad(Double.NaN)));
        assertTrue(
                e.getMessage()
                                .startsWith(
                                        "pre-training stopped at batch 11 of epoch 1: input must be finite, got 1 NaN"
                                                + " or infinite values in a batch [4, 12], in iteration 10 and epoch 0")
                        && e.getMessage().contains("layer name: lower"),
                e.getMessage());
        assertEquals(0, Samples.distance(paramsAfterTen(new Adam(1e-3)), net.params()));
    }

    @Test
    void aStepThatIsNotFiniteIsNotTaken() {
        // the learning rate overflows the type, while energy and gradient are finite
        MultiLayerNetwork net = alone(uncheckedLista(), new Sgd(1e300));
        INDArray before = net.params().dup();
        DivergenceException e = assertThrows(
                DivergenceException.class,
                () -> LayerwisePretrainer.builder().build().fit(net, data(features(64))));
        assertTrue(
                e.getMessage().startsWith("pre-training diverged: its step must be finite, got ")
                        && e.getMessage().contains(" in batch 1 of epoch 1; "),
                e.getMessage());
        assertEquals(0, Samples.distance(before, net.params()));
    }
}
