package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DataDictionaryTest {
    private static final INDArray SAMPLES = Samples.gaussian(1, 30, 7);

    @Test
    void atomsHaveNormOne() {
        INDArray dictionary = DataDictionary.draw(SAMPLES, 9, 0.25, 5);
        assertEquals(0, Samples.distance(dictionary.norm2(0), Nd4j.ones(DataType.DOUBLE, 9)), 1e-6);
    }

    @Test
    void aLargeFractionLeavesDirectionsOfSamples() {
        INDArray dictionary = DataDictionary.draw(SAMPLES, 9, 1e6, 5);
        INDArray directions = SAMPLES.divColumnVector(SAMPLES.norm2(1));
        INDArray cosines = directions.mmul(dictionary);
        // every atom is one sample's direction, each another one
        assertEquals(0, Samples.distance(cosines.max(0), Nd4j.ones(DataType.DOUBLE, 9)), 1e-5);
        assertEquals(
                9,
                cosines.gt(0.9999)
                        .castTo(DataType.DOUBLE)
                        .sum(1)
                        .gt(0)
                        .castTo(DataType.DOUBLE)
                        .sumNumber()
                        .intValue());
    }

    @Test
    void moreAtomsThanSamplesUseSamplesAgain() {
        assertEquals(100, DataDictionary.draw(SAMPLES, 100, 1, 5).columns());
    }

    @Test
    void theSeedDecides() {
        assertEquals(DataDictionary.draw(SAMPLES, 9, 0.25, 5), DataDictionary.draw(SAMPLES, 9, 0.25, 5));
        assertNotEquals(DataDictionary.draw(SAMPLES, 9, 0.25, 5), DataDictionary.draw(SAMPLES, 9, 0.25, 6));
    }

    @Test
    void theLayerStartsAsIstaWithTheDictionary() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new ListaLayer.Builder()
                        .nIn(7)
                        .nOut(9)
                        .iterations(3)
                        .stepSize(0.1)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nIn(9)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        DataDictionary.start(net.getLayer(0), SAMPLES, 0.25, 5);
        INDArray d = net.getLayer(0).getParam(ListaLayer.DECODER);
        assertEquals(0, Samples.distance(d, DataDictionary.draw(SAMPLES, 9, 0.25, 5)), 0);
        assertEquals(
                0,
                Samples.distance(
                        net.getLayer(0).getParam(ListaLayer.ENCODER),
                        d.transpose().mul(0.1)),
                1e-12);
        INDArray s =
                Nd4j.eye(9).castTo(DataType.DOUBLE).subi(d.transpose().mmul(d).muli(0.1));
        assertEquals(0, Samples.distance(net.getLayer(0).getParam(ListaLayer.RECURRENT), s), 1e-12);
    }

    @Test
    void refusesOtherLayersAndSamples() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ListaLayer.Builder().nIn(7).nOut(9).build())
                .layer(new OutputLayer.Builder()
                        .nIn(9)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> DataDictionary.start(net.getLayer(1), SAMPLES, 0.25, 5))
                .getMessage();
        assertTrue(message.contains("OutputLayer"), message);
        INDArray narrow = Samples.gaussian(1, 30, 6);
        assertThrows(IllegalArgumentException.class, () -> DataDictionary.start(net.getLayer(0), narrow, 0.25, 5));
        assertThrows(IllegalArgumentException.class, () -> DataDictionary.start(net.getLayer(0), SAMPLES, -1, 5));
    }

    @Test
    void blankSamplesAreLeftOutAndBadOnesRefused() {
        INDArray samples = Nd4j.zeros(DataType.DOUBLE, 30, 7);
        samples.getRow(11).assign(SAMPLES.getRow(11));
        INDArray dictionary = DataDictionary.draw(samples, 9, 1e6, 5);
        INDArray direction = SAMPLES.getRow(11).div(SAMPLES.getRow(11).norm2Number());
        for (int i = 0; i < 9; i++) {
            assertEquals(1, Samples.dot(direction, dictionary.getColumn(i)), 1e-6);
        }
        refused("samples must be at least one that is not blank, got all 30 blank", Nd4j.zeros(DataType.DOUBLE, 30, 7));
        refused("samples must be finite, got 1 NaN", SAMPLES.dup().putScalar(3, 3, Double.NaN));
        refused("samples must be finite, got 1 NaN or inf", SAMPLES.dup().putScalar(3, 3, Double.POSITIVE_INFINITY));
        // noise alone needs no sample
        assertEquals(
                9,
                DataDictionary.draw(Nd4j.zeros(DataType.DOUBLE, 30, 7), 9, 0, 5).columns());
    }

    private static void refused(String message, INDArray samples) {
        String said = assertThrows(IllegalArgumentException.class, () -> DataDictionary.draw(samples, 9, 1, 5))
                .getMessage();
        assertTrue(said.startsWith(message), said);
    }

    @Test
    void samplesOfAnyScaleGiveAtomsOfNormOne() {
        for (double scale : new double[] {1e-30, 1e30}) {
            INDArray samples = SAMPLES.mul(scale).castTo(DataType.FLOAT);
            INDArray norms = DataDictionary.draw(samples, 9, 1, 5).norm2(0);
            assertEquals(0, Samples.distance(norms, Nd4j.ones(DataType.DOUBLE, 9)), 1e-5);
        }
    }
}
