package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The law that before training K steps of the layer are K steps of ISTA, with plain loops as the oracle:
 * \[ z \leftarrow h_{a \lambda}(z - a D^{\top} (D z - x)), \quad z_0 = 0 \]
 */
@ExtendWith(DoublePrecision.class)
class ListaLayerIstaTest {
    private static final int INPUTS = 7;
    private static final int UNITS = 10;
    private static final int EXAMPLES = 3;
    private static final double LAMBDA = 0.15;
    private static final double ROUNDING = 1e-12;

    private static MultiLayerNetwork network(ListaLayer.Builder layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer.nOut(UNITS).penalty(new L1Penalty(LAMBDA)).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        return net;
    }

    /** The codes after each of {@code steps} steps of ISTA: {@code [step][example][unit]}. */
    private static double[][][] ista(double[][] d, double[][] x, double a, Shrinkage shrinkage, int steps) {
        double[][][] codes = new double[steps][x.length][UNITS];
        for (int n = 0; n < x.length; n++) {
            double[] z = new double[UNITS];
            for (int t = 0; t < steps; t++) {
                double[] residual = new double[INPUTS];
                for (int i = 0; i < INPUTS; i++) {
                    residual[i] = -x[n][i];
                    for (int j = 0; j < UNITS; j++) {
                        residual[i] += d[i][j] * z[j];
                    }
                }
                double[] next = new double[UNITS];
                for (int j = 0; j < UNITS; j++) {
                    double v = z[j];
                    for (int i = 0; i < INPUTS; i++) {
                        v -= a * d[i][j] * residual[i];
                    }
                    next[j] = Math.max(0, v - a * LAMBDA);
                    if (shrinkage == Shrinkage.SOFT && v < 0) {
                        next[j] = Math.min(0, v + a * LAMBDA);
                    }
                }
                z = next;
                codes[t][n] = next;
            }
        }
        return codes;
    }

    private static double[][] dictionary(Map<String, INDArray> params) {
        INDArray decoder = params.get(ListaLayer.DECODER);
        return Samples.rows(
                decoder == null ? params.get(ListaLayer.ENCODER).transpose().dup() : decoder);
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (int steps : new int[] {1, 2, 5, 11, 50}) {
            for (Shrinkage shrinkage : Choice.shrinkages().toList()) {
                cases.add(Arguments.of(steps, shrinkage, false, false));
                cases.add(Arguments.of(steps, shrinkage, true, false));
                cases.add(Arguments.of(steps, shrinkage, false, true));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "K = {0}, {1}, untied {2}, tied decoder {3}")
    @MethodSource("cases")
    void stepsAreStepsOfIsta(int steps, Shrinkage shrinkage, boolean untied, boolean tiedDecoder) {
        ListaLayer.Builder builder = new ListaLayer.Builder()
                .iterations(steps)
                .shrinkage(shrinkage)
                .untied(untied)
                .tiedDecoder(tiedDecoder);
        double a = tiedDecoder ? 1 : 0.21;
        MultiLayerNetwork net = network(tiedDecoder ? builder : builder.stepSize(a));
        INDArray x = Samples.gaussian(5, EXAMPLES, INPUTS);
        double[][][] expected = ista(dictionary(net.getLayer(0).paramTable()), Samples.rows(x), a, shrinkage, steps);
        assertMoves(expected);
        INDArray output = net.feedForward(x).get(1);
        INDArray encoded = ((UnsupervisedLayer) net.getLayer(0)).encode(x);
        INDArray trajectory = ((UnsupervisedLayer) net.getLayer(0)).trajectory(x);
        for (int n = 0; n < EXAMPLES; n++) {
            for (int j = 0; j < UNITS; j++) {
                assertEquals(expected[steps - 1][n][j], output.getDouble(n, j), ROUNDING);
                assertEquals(expected[steps - 1][n][j], encoded.getDouble(n, j), ROUNDING);
                for (int t = 0; t < steps; t++) {
                    assertEquals(expected[t][n][j], trajectory.getDouble(t, n, j), ROUNDING, "step " + (t + 1));
                }
            }
        }
    }

    /** An oracle whose codes are all zero, or stand still, would prove nothing. */
    private static void assertMoves(double[][][] codes) {
        int active = 0;
        double moved = codes.length == 1 ? 1 : 0;
        for (int n = 0; n < EXAMPLES; n++) {
            for (int j = 0; j < UNITS; j++) {
                active += codes[codes.length - 1][n][j] != 0 ? 1 : 0;
                moved = codes.length == 1 ? 1 : Math.max(moved, Math.abs(codes[1][n][j] - codes[0][n][j]));
            }
        }
        assertTrue(active > 3 && active < EXAMPLES * UNITS, active + " active units");
        assertTrue(moved > 1e-3, "the second step moves by " + moved);
    }

    @ParameterizedTest
    @MethodSource("shrinkages")
    void defaultStepSizeIsJustBelowTheStableLimit(Shrinkage shrinkage) {
        MultiLayerNetwork net = network(new ListaLayer.Builder().iterations(5).shrinkage(shrinkage));
        Map<String, INDArray> params = net.getLayer(0).paramTable();
        double[][] d = dictionary(params);
        double[][] e = Samples.rows(params.get(ListaLayer.ENCODER));
        double a = 0;
        for (int i = 0; i < INPUTS; i++) {
            a += e[0][i] * d[i][0];
        }
        double limit = 1 / largestEigenvalue(d);
        assertTrue(a <= limit && a > 0.998 * limit, a + " is not just below " + limit);
        assertEquals(a * LAMBDA, params.get(ListaLayer.THRESHOLD).getDouble(4), ROUNDING);
        INDArray x = Samples.gaussian(6, EXAMPLES, INPUTS);
        double[][][] expected = ista(d, Samples.rows(x), a, shrinkage, 5);
        INDArray output = net.feedForward(x).get(1);
        for (int n = 0; n < EXAMPLES; n++) {
            for (int j = 0; j < UNITS; j++) {
                assertEquals(expected[4][n][j], output.getDouble(n, j), ROUNDING);
            }
        }
    }

    static Stream<Shrinkage> shrinkages() {
        return Choice.shrinkages();
    }

    @Test
    void tiedDictionaryIsStableAtStepSizeOne() {
        MultiLayerNetwork net = network(new ListaLayer.Builder().iterations(3).tiedDecoder(true));
        double largest = largestEigenvalue(dictionary(net.getLayer(0).paramTable()));
        assertTrue(largest <= 1 && largest > 0.998, "the largest eigenvalue is " + largest);
    }

    @Test
    void atomsStartWithNormOne() {
        double[][] d = dictionary(network(new ListaLayer.Builder()).getLayer(0).paramTable());
        for (int j = 0; j < UNITS; j++) {
            double square = 0;
            for (int i = 0; i < INPUTS; i++) {
                square += d[i][j] * d[i][j];
            }
            assertEquals(1, square, ROUNDING);
        }
    }

    @Test
    void manyStepsReachTheMinimumOfTheEnergy() {
        MultiLayerNetwork net =
                network(new ListaLayer.Builder().iterations(3000).shrinkage(Shrinkage.SOFT));
        double[][] d = dictionary(net.getLayer(0).paramTable());
        INDArray input = Samples.gaussian(7, 1, INPUTS);
        double[] x = Samples.rows(input)[0];
        double[] z = Samples.rows(net.feedForward(input).get(1))[0];
        for (int j = 0; j < UNITS; j++) {
            double correlation = 0;
            for (int i = 0; i < INPUTS; i++) {
                double residual = x[i];
                for (int k = 0; k < UNITS; k++) {
                    residual -= d[i][k] * z[k];
                }
                correlation += d[i][j] * residual;
            }
            // optimality of the lasso: D'(x - Dz) = lambda sign(z) on the support, at most lambda off it
            if (z[j] != 0) {
                assertEquals(LAMBDA * Math.signum(z[j]), correlation, 1e-6, "unit " + j);
            } else {
                assertTrue(Math.abs(correlation) <= LAMBDA + 1e-6, "unit " + j);
            }
        }
    }

    /** The largest eigenvalue of D'D by plain loops, from two starts, 20,000 products each. */
    private static double largestEigenvalue(double[][] d) {
        double largest = 0;
        for (int start = 0; start < 2; start++) {
            double[] v = new double[UNITS];
            v[start * 3] = 1;
            for (int k = 0; k < 20_000; k++) {
                double[] image = new double[INPUTS];
                double[] next = new double[UNITS];
                double norm = 0;
                for (int i = 0; i < INPUTS; i++) {
                    for (int j = 0; j < UNITS; j++) {
                        image[i] += d[i][j] * v[j];
                    }
                }
                for (int j = 0; j < UNITS; j++) {
                    for (int i = 0; i < INPUTS; i++) {
                        next[j] += d[i][j] * image[i];
                    }
                    norm += next[j] * next[j];
                }
                norm = Math.sqrt(norm);
                for (int j = 0; j < UNITS; j++) {
                    v[j] = next[j] / norm;
                }
                largest = Math.max(largest, norm);
            }
        }
        return largest;
    }
}
