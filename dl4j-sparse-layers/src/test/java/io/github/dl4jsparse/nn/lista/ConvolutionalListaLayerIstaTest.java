package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
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
 * The law that before training K convolutional steps are K steps of ISTA on a whole image, with the matrix of the transposed
 * convolution, written out pixel by pixel, as the oracle:
 * \[ z \leftarrow h_{a \lambda}(z - a D^{\top} M (D z - x)), \quad z_0 = 0 \]
 */
@ExtendWith(DoublePrecision.class)
class ConvolutionalListaLayerIstaTest {
    private static final int HEIGHT = 6;
    private static final int WIDTH = 5;
    private static final int CHANNELS = 2;
    private static final int MAPS = 4;
    private static final int EXAMPLES = 2;
    private static final double LAMBDA = 0.8;
    private static final double STEP = 0.07;

    private static MultiLayerNetwork network(ConvolutionalListaLayer.Builder layer, CNN2DFormat format) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer.nOut(MAPS).penalty(new L1Penalty(LAMBDA)).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, CHANNELS, format))
                .build());
        net.init();
        return net;
    }

    private static ConvolutionGeometry geometry(MultiLayerNetwork net) {
        return ((ConvolutionalListaLayer) net.getLayer(0).conf().getLayer()).geometry(HEIGHT, WIDTH);
    }

    /** D as a matrix from codes [position, map] to images [row, column, channel]. */
    private static double[][] matrix(ConvolutionGeometry g, INDArray dictionary) {
        double[][] d = new double[g.pixels()][g.positions() * MAPS];
        for (int place = 0; place < g.positions(); place++) {
            for (int k = 0; k < g.patch(); k++) {
                int channel = k % CHANNELS;
                int i = place / g.outWidth() * g.strideHeight() + k / CHANNELS / g.kernelWidth() - g.top();
                int j = place % g.outWidth() * g.strideWidth() + k / CHANNELS % g.kernelWidth() - g.left();
                if (i >= 0 && i < HEIGHT && j >= 0 && j < WIDTH) {
                    for (int map = 0; map < MAPS; map++) {
                        d[(i * WIDTH + j) * CHANNELS + channel][place * MAPS + map] = dictionary.getDouble(k, map);
                    }
                }
            }
        }
        return d;
    }

    private static double[] ista(double[][] d, double[] m, double[] x, Shrinkage shrinkage, int steps, double a) {
        double[] z = new double[d[0].length];
        for (int t = 0; t < steps; t++) {
            double[] residual = x.clone();
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < z.length; j++) {
                    residual[i] -= d[i][j] * z[j];
                }
                residual[i] *= m[i / CHANNELS];
            }
            double[] next = new double[z.length];
            for (int j = 0; j < z.length; j++) {
                double v = z[j];
                for (int i = 0; i < x.length; i++) {
                    v += a * d[i][j] * residual[i];
                }
                double size = Math.max(0, (shrinkage == Shrinkage.SOFT ? Math.abs(v) : v) - a * LAMBDA);
                next[j] = v < 0 ? -size : size;
            }
            z = next;
        }
        return z;
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (int steps : new int[] {1, 2, 5, 11}) {
            for (CNN2DFormat format : CNN2DFormat.values()) {
                for (ConvolutionMode mode : new ConvolutionMode[] {ConvolutionMode.Same, ConvolutionMode.Truncate}) {
                    cases.add(Arguments.of(steps, Shrinkage.SOFT, format, mode, Coupling.dictionary(), 1, steps > 1));
                    cases.add(
                            Arguments.of(steps, Shrinkage.NON_NEGATIVE, format, mode, Coupling.dictionary(), 2, false));
                }
                // a free kernel knows no borders: patches lie inside, and pixels count alike
                for (int stride = 1; stride <= 2; stride++) {
                    cases.add(Arguments.of(
                            steps, Shrinkage.SOFT, format, ConvolutionMode.Truncate, Coupling.free(), stride, false));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "K = {0}, {1}, {2}, {3}, {4}, stride {5}, weighted border {6}")
    @MethodSource("cases")
    void stepsAreStepsOfIsta(
            int steps,
            Shrinkage shrinkage,
            CNN2DFormat format,
            ConvolutionMode mode,
            Coupling coupling,
            int stride,
            boolean weightBorder) {
        MultiLayerNetwork net = network(
                new ConvolutionalListaLayer.Builder(3, 2)
                        .iterations(steps)
                        .shrinkage(shrinkage)
                        .convolutionMode(mode)
                        .coupling(coupling)
                        .stride(stride, 1)
                        .weightBorder(weightBorder)
                        .stepSize(STEP),
                format);
        ConvolutionGeometry g = geometry(net);
        double[][] d = matrix(g, net.getLayer(0).getParam("D"));
        double[] m = new double[HEIGHT * WIDTH];
        java.util.Arrays.fill(m, 1);
        INDArray images = Samples.gaussian(5, EXAMPLES, HEIGHT, WIDTH, CHANNELS).muli(3);
        INDArray x = format == CNN2DFormat.NCHW ? images.permute(0, 3, 1, 2).dup('c') : images;
        INDArray code = ((UnsupervisedLayer) net.getLayer(0)).encode(x);
        INDArray output = net.feedForward(x).get(1);
        INDArray trajectory = ((UnsupervisedLayer) net.getLayer(0)).trajectory(x);
        assertEquals(0, Samples.distance(code, output), 1e-12);
        assertEquals(0, Samples.distance(code, trajectory.slice(steps - 1)), 1e-12);
        INDArray ordered = format == CNN2DFormat.NCHW ? code.permute(0, 2, 3, 1) : code;
        int active = 0;
        for (int n = 0; n < EXAMPLES; n++) {
            double[] expected = ista(
                    d,
                    weightBorder ? g.coverage() : m,
                    images.slice(n).dup('c').data().asDouble(),
                    shrinkage,
                    steps,
                    STEP);
            double[] actual = ordered.slice(n).dup('c').data().asDouble();
            for (int j = 0; j < expected.length; j++) {
                assertEquals(expected[j], actual[j], 1e-12, "unit " + j);
                active += expected[j] != 0 ? 1 : 0;
            }
        }
        int all = EXAMPLES * g.positions() * MAPS;
        assertTrue(active > all / 20 && active < all, active + " of " + all + " units tell nothing");
    }

    /** The default step size is stable: the energy falls with every step, down to the minimum. */
    @Test
    void manyStepsDescend() {
        for (Coupling coupling : Choice.driven().toList()) {
            double previous = Double.POSITIVE_INFINITY;
            for (int steps : new int[] {1, 2, 5, 20, 80}) {
                MultiLayerNetwork net = network(
                        new ConvolutionalListaLayer.Builder(3, 2)
                                .iterations(steps)
                                .shrinkage(Shrinkage.SOFT)
                                .convolutionMode(ConvolutionMode.Truncate)
                                .coupling(coupling)
                                .weightBorder(coupling.equals(Coupling.dictionary()) && steps > 1),
                        CNN2DFormat.NCHW);
                INDArray x = Samples.gaussian(5, EXAMPLES, CHANNELS, HEIGHT, WIDTH);
                double energy = ((UnsupervisedLayer) net.getLayer(0)).energy(x).total();
                assertTrue(energy < previous, energy + " after " + previous + ", " + steps + " steps, " + coupling);
                previous = energy;
            }
        }
    }
}
