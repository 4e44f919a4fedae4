package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class LayerMeasurementTest {
    private static final int UNITS = 7;
    private static final double WEIGHT = 0.3;
    private static final INDArray INPUTS = random(20, 5).addi(0.5);

    private static INDArray random(long... shape) {
        return Nd4j.randn(0, 1, shape, Nd4j.getRandomFactory().getNewRandomInstance(3))
                .castTo(DataType.DOUBLE);
    }

    private static UnsupervisedLayer layer(InputType type, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(type)
                .build());
        net.init();
        return (UnsupervisedLayer) net.getLayer(0);
    }

    /** The input scale is part of the layer: data in other units are measured as the same. */
    @Test
    void dataInOtherUnitsAreMeasuredAlike() {
        LayerMeasurement[] measured = new LayerMeasurement[2];
        for (int i = 0; i < 2; i++) {
            INDArray x = INPUTS.mul(i == 0 ? 1 : 255);
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .seed(5)
                    .dataType(DataType.DOUBLE)
                    .updater(new Adam(1e-2))
                    .list()
                    .layer(new ListaLayer.Builder()
                            .nOut(UNITS)
                            .penalty(new L1Penalty(0.1))
                            .inputScaling(true)
                            .build())
                    .layer(new OutputLayer.Builder().nOut(2).build())
                    .setInputType(InputType.feedForward(5))
                    .build());
            net.init();
            LayerwisePretrainer.builder().epochs(3).build().fit(net, x);
            measured[i] = LayerMeasurement.of((UnsupervisedLayer) net.getLayer(0), x);
        }
        assertTrue(measured[0].excess() > 0.01, "excess " + measured[0].excess());
        assertEquals(measured[0].excess(), measured[1].excess(), 1e-3 * measured[0].excess());
        assertEquals(measured[0].explainedVariance(), measured[1].explainedVariance(), 1e-6);
    }

    private static UnsupervisedLayer encoder(int iterations) {
        return encoder(iterations, Shrinkage.NON_NEGATIVE, new L1Penalty(WEIGHT));
    }

    private static UnsupervisedLayer encoder(int iterations, Shrinkage shrinkage, Penalty penalty) {
        UnsupervisedLayer layer = layer(
                InputType.feedForward(5),
                new ListaLayer.Builder()
                        .nOut(UNITS)
                        .iterations(iterations)
                        .shrinkage(shrinkage)
                        .penalty(penalty)
                        .build());
        INDArray dictionary = random(5, UNITS);
        dictionary.diviRowVector(dictionary.norm2(0));
        layer.startFrom(dictionary);
        return layer;
    }

    @Test
    void agreesWithLoopsOverPlainNumbers() {
        UnsupervisedLayer layer = encoder(3);
        double[][] x = INPUTS.toDoubleMatrix();
        double[][] z = layer.encode(INPUTS).toDoubleMatrix();
        double[][] d = layer.getParam("D").toDoubleMatrix();
        double[] mean = new double[5];
        for (double[] row : x) {
            for (int i = 0; i < 5; i++) {
                mean[i] += row[i] / x.length;
            }
        }
        double residual = 0;
        double variance = 0;
        double penalty = 0;
        int active = 0;
        boolean[] alive = new boolean[UNITS];
        for (int j = 0; j < x.length; j++) {
            for (int i = 0; i < 5; i++) {
                double image = 0;
                for (int k = 0; k < UNITS; k++) {
                    image += d[i][k] * z[j][k];
                }
                residual += (x[j][i] - image) * (x[j][i] - image);
                variance += (x[j][i] - mean[i]) * (x[j][i] - mean[i]);
            }
            for (int k = 0; k < UNITS; k++) {
                penalty += WEIGHT * Math.abs(z[j][k]);
                active += z[j][k] != 0 ? 1 : 0;
                alive[k] |= z[j][k] != 0;
            }
        }
        int dead = 0;
        double coherence = 0;
        for (int k = 0; k < UNITS; k++) {
            dead += alive[k] ? 0 : 1;
            for (int other = 0; other < k; other++) {
                double product = 0;
                for (int i = 0; i < 5; i++) {
                    product += d[i][k] * d[i][other];
                }
                coherence = Math.max(coherence, Math.abs(product));
            }
        }
        LayerMeasurement measured = LayerMeasurement.of(layer, INPUTS);
        assertEquals(residual / 2 / x.length, measured.energy().reconstruction(), 1e-9);
        assertEquals(penalty / x.length, measured.energy().penalty(), 1e-9);
        assertEquals((double) active / x.length, measured.meanActiveUnits(), 1e-9);
        assertEquals((double) dead / UNITS, measured.deadFraction(), 1e-9);
        assertEquals(1 - residual / variance, measured.explainedVariance(), 1e-9);
        // atoms of norm 1
        assertEquals(coherence, measured.coherence(), 1e-6);
    }

    static Stream<Shrinkage> shrinkages() {
        return Stream.of(Shrinkage.SOFT, Shrinkage.NON_NEGATIVE);
    }

    @ParameterizedTest
    @MethodSource("shrinkages")
    void theExcessFallsToZeroAsStepsOfIstaGrow(Shrinkage shrinkage) {
        double[] excess = IntStream.of(1, 5, 300)
                .mapToObj(steps -> encoder(steps, shrinkage, new L1Penalty(WEIGHT)))
                .mapToDouble(layer -> LayerMeasurement.of(layer, INPUTS).excess())
                .toArray();
        assertTrue(excess[0] > excess[1] && excess[1] > 0.002, Arrays.toString(excess));
        assertEquals(0, excess[2], 1e-3);
    }

    @Test
    void saysNothingOfAnExcessOverCodesThatTheLayerCannotMake() {
        Penalty groups = new GroupL2Penalty(WEIGHT, Groups.of(UNITS, new int[][] {{0, 1, 2}, {3, 4, 5, 6}}));
        assertEquals(
                Double.NaN,
                LayerMeasurement.of(encoder(3, Shrinkage.NON_NEGATIVE, groups), INPUTS)
                        .excess());
    }

    @Test
    void leavesOutTheExcessOnly() {
        UnsupervisedLayer layer = encoder(3);
        LayerMeasurement whole = LayerMeasurement.of(layer, INPUTS);
        assertTrue(whole.excess() > 0, whole.toString());
        assertEquals(
                new LayerMeasurement(
                        whole.energy(),
                        whole.meanActiveUnits(),
                        whole.meanActiveGroups(),
                        whole.deadFraction(),
                        whole.explainedVariance(),
                        whole.coherence(),
                        Double.NaN),
                LayerMeasurement.withoutExcess(layer, INPUTS));
    }

    @Test
    void countsActiveGroupsOfAnExample() {
        Groups pairs = Groups.of(UNITS, new int[][] {{0, 2}, {1, 3}, {4, 5, 6}});
        UnsupervisedLayer layer = encoder(2, Shrinkage.SOFT, new GroupL2Penalty(WEIGHT, pairs));
        double[][] z = layer.encode(INPUTS).toDoubleMatrix();
        int active = 0;
        for (double[] code : z) {
            active += code[0] != 0 || code[2] != 0 ? 1 : 0;
            active += code[1] != 0 || code[3] != 0 ? 1 : 0;
            active += code[4] != 0 || code[5] != 0 || code[6] != 0 ? 1 : 0;
        }
        assertEquals(
                (double) active / z.length, LayerMeasurement.of(layer, INPUTS).meanActiveGroups(), 1e-12);
        assertEquals(Double.NaN, LayerMeasurement.of(encoder(1), INPUTS).meanActiveGroups());
    }

    @ParameterizedTest
    @EnumSource
    void countsGroupsOfMapsAtEveryPlace(CNN2DFormat format) {
        boolean last = format == CNN2DFormat.NHWC;
        UnsupervisedLayer layer = layer(
                InputType.convolutional(6, 8, 2, format),
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .iterations(1)
                        .dataFormat(format)
                        .penalty(new GroupL2Penalty(WEIGHT, Groups.of(4, new int[][] {{0, 3}, {1, 2}})))
                        .build());
        INDArray images = last ? random(2, 6, 8, 2) : random(2, 2, 6, 8);
        INDArray code = layer.encode(images);
        double active = 0;
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 8; x++) {
                    double[] z = new double[4];
                    for (int k = 0; k < 4; k++) {
                        z[k] = last ? code.getDouble(n, y, x, k) : code.getDouble(n, k, y, x);
                    }
                    active += z[0] != 0 || z[3] != 0 ? 1 : 0;
                    active += z[1] != 0 || z[2] != 0 ? 1 : 0;
                }
            }
        }
        assertTrue(active > 0 && active < 2 * 48 * 2, () -> "no groups, or all");
        assertEquals(active / 2, LayerMeasurement.of(layer, images).meanActiveGroups(), 1e-9);
    }

    @Test
    void countsDeadUnitsAndLeavesOutAtomsOfZeros() {
        UnsupervisedLayer layer = encoder(3);
        layer.getParam("b").assign(1e6);
        layer.getParam("D").getColumn(2).assign(0);
        LayerMeasurement measured = LayerMeasurement.of(layer, INPUTS);
        assertEquals(1, measured.deadFraction());
        assertEquals(0, measured.meanActiveUnits());
        assertEquals(0, measured.energy().penalty());
        assertTrue(measured.coherence() > 0 && measured.coherence() < 1, measured.toString());
        layer.getParam("D").putColumn(2, layer.getParam("D").getColumn(5).mul(-1));
        assertEquals(1, LayerMeasurement.of(layer, INPUTS).coherence(), 1e-9);
    }

    @Test
    void measuresMapsWithoutADictionaryOfMatrices() {
        UnsupervisedLayer layer = layer(
                InputType.convolutional(6, 8, 2),
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .iterations(2)
                        .penalty(new L1Penalty(WEIGHT))
                        .build());
        INDArray images = random(2, 2, 6, 8);
        LayerMeasurement measured = LayerMeasurement.of(layer, images);
        double active =
                layer.encode(images).neq(0).castTo(DataType.DOUBLE).sumNumber().doubleValue() / 2;
        assertEquals(active, measured.meanActiveUnits(), 1e-9);
        assertTrue(measured.explainedVariance() < 1, measured.toString());
        assertEquals(Double.NaN, measured.coherence());
        assertEquals(Double.NaN, measured.excess());
    }

    @Test
    void changesNeitherTheLayerNorTheBatch() {
        UnsupervisedLayer layer = encoder(3);
        INDArray parameters = layer.params().dup();
        INDArray inputs = INPUTS.dup();
        LayerMeasurement.of(layer, INPUTS);
        assertEquals(parameters, layer.params());
        assertEquals(inputs, INPUTS);
    }

    @Test
    void refusesWhatIsMissing() {
        assertThrows(IllegalArgumentException.class, () -> LayerMeasurement.of(null, INPUTS));
        assertThrows(IllegalArgumentException.class, () -> LayerMeasurement.of(encoder(1), null));
    }
}
