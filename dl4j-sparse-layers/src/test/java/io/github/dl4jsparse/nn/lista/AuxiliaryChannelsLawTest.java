package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * K steps with a pixel mask and a noise level are K steps of the recursion, written with matrices and plain loops:
 * \[ u = v + C_k^{\top} M x - G_k^{\top} M D v, \qquad z_{k+1} = \eta_{t_0 + t_1 \sigma}(u) \]
 * with weights as after training; and with a mask of ones and level 0 they are those of the layer without.
 */
@ExtendWith(DoublePrecision.class)
class AuxiliaryChannelsLawTest {
    private static final int[] STEPS = {1, 2, 5, 11, 50};
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final int UNITS = 6;
    private static final int EXAMPLES = 3;

    private static Map<String, UnaryOperator<ConvolutionalListaLayer.Builder>> couplings() {
        Map<String, UnaryOperator<ConvolutionalListaLayer.Builder>> all = new LinkedHashMap<>();
        all.put("dictionary", b -> b.coupling(Coupling.dictionary()));
        all.put("dictionary, untied", b -> b.coupling(Coupling.dictionary()).untied(true));
        all.put("decoder", b -> b.coupling(Coupling.decoder()));
        all.put("learned", b -> b.coupling(Coupling.learned()));
        all.put("learned, untied", b -> b.coupling(Coupling.learned()).untied(true));
        all.put("learned with step sizes", b -> b.coupling(Coupling.learnedWithStepSizes()));
        return all;
    }

    private static ConvolutionalListaLayer.Builder layer(int steps) {
        return new ConvolutionalListaLayer.Builder(3, 2)
                .nOut(UNITS)
                .iterations(steps)
                .shrinkage(Shrinkage.SOFT)
                .penalty(new L1Penalty(0.1))
                .stepSize(0.05);
    }

    private static MultiLayerNetwork network(ConvolutionalListaLayer.Builder layer, int channels, CNN2DFormat format) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer.build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, channels, format))
                .build());
        net.init();
        return net;
    }

    /** Images of two channels, a mask with zeros, ones and what is between, and a level for every pixel. */
    private static INDArray input() {
        INDArray images = Samples.gaussian(2, EXAMPLES, 2, HEIGHT, WIDTH);
        INDArray mask = Nd4j.create(DataType.DOUBLE, EXAMPLES, 1, HEIGHT, WIDTH);
        INDArray level = mask.ulike();
        Random random = new Random(5);
        for (long i = 0; i < mask.length(); i++) {
            mask.putScalar(i, random.nextInt(3) / 2.0);
            level.putScalar(i, i / PIXELS + random.nextDouble());
        }
        return Nd4j.concat(1, images, mask, level);
    }

    /** Weights as after some training: no two steps and no two parameters alike. */
    private static void change(Layer layer) {
        Random random = new Random(7);
        layer.paramTable().forEach((name, values) -> {
            boolean isSlope = name.equals(ListaConf.NOISE);
            for (long i = 0; i < values.length(); i++) {
                double factor = 0.7 + 0.6 * random.nextDouble();
                values.putScalar(i, isSlope ? 0.01 * factor : values.getDouble(i) * factor);
            }
        });
    }

    private static double[][] matrix(Layer layer, INDArray filters) {
        INDArray decoder = layer.getParam(ListaConf.DECODER);
        INDArray own = decoder.dup();
        decoder.assign(filters);
        double[][] d = new double[2 * PIXELS][UNITS * PIXELS];
        for (int j = 0; j < UNITS * PIXELS; j++) {
            INDArray code = Nd4j.zeros(DataType.DOUBLE, 1, UNITS, HEIGHT, WIDTH);
            code.putScalar(j, 1);
            INDArray image = ((UnsupervisedLayer) layer).decode(code).dup('c');
            for (int i = 0; i < 2 * PIXELS; i++) {
                d[i][j] = image.getDouble(i);
            }
        }
        decoder.assign(own);
        return d;
    }

    private static double at(Layer layer, String name, int step, int column) {
        INDArray all = layer.getParam(name);
        return all == null ? 1 : all.getDouble(Math.max(0, Math.min(step, all.size(0) - 1)), column);
    }

    /** The recursion for one example. */
    private static double[] recursion(Layer layer, double[][][] c, double[][] d, int steps, INDArray x) {
        ConvolutionalListaLayer conf = (ConvolutionalListaLayer) layer.conf().getLayer();
        boolean drive = conf.getCoupling().hasDrive();
        boolean isUntied = conf.isUntied() && steps > 1;
        double[] border = conf.geometry(HEIGHT, WIDTH).coverage();
        double[] weights = new double[2 * PIXELS];
        double[] values = x.dup('c').data().asDouble();
        double level = 0;
        for (int p = 0; p < PIXELS; p++) {
            level += values[3 * PIXELS + p] / PIXELS;
            for (int channel = 0; channel < 2; channel++) {
                weights[channel * PIXELS + p] = values[2 * PIXELS + p] * (conf.stepsUseDecoder() ? border[p] : 1);
            }
        }
        double[] z = new double[UNITS * PIXELS];
        for (int k = 0; k < steps; k++) {
            double[][] own = c[c.length > 1 ? k : 0];
            double size = drive ? at(layer, ListaConf.STEP, isUntied ? k - 1 : 0, 0) : at(layer, ListaConf.STEP, k, 0);
            double[] u = z.clone();
            for (int i = 0; i < weights.length; i++) {
                double image = 0;
                for (int j = 0; j < z.length; j++) {
                    image += d[i][j] * z[j];
                }
                for (int j = 0; j < z.length; j++) {
                    u[j] += drive
                            ? weights[i] * (own[i][j] * values[i] - size * d[i][j] * image)
                            : size * own[i][j] * weights[i] * (values[i] - image);
                }
            }
            for (int j = 0; j < z.length; j++) {
                double theta = at(layer, ListaConf.THRESHOLD, k, j / PIXELS)
                        + level * at(layer, ListaConf.NOISE, k, j / PIXELS);
                z[j] = Math.signum(u[j]) * Math.max(0, Math.abs(u[j]) - theta);
            }
        }
        return z;
    }

    private static int check(String name, Layer layer, int steps, INDArray x) {
        INDArray encoder = layer.getParam(ListaConf.ENCODER);
        double[][] d = matrix(layer, layer.getParam(ListaConf.DECODER));
        List<double[][]> c = new ArrayList<>();
        for (int k = 0; encoder != null && k < encoder.size(0) / UNITS; k++) {
            c.add(matrix(layer, Rows.block(encoder, k, UNITS).transpose()));
        }
        if (c.isEmpty()) {
            c.add(d);
        }
        INDArray codes = ((UnsupervisedLayer) layer).encode(x);
        int active = 0;
        for (int n = 0; n < EXAMPLES; n++) {
            double[] expected = recursion(layer, c.toArray(double[][][]::new), d, steps, x.slice(n));
            INDArray actual = codes.slice(n).dup('c');
            for (int j = 0; j < expected.length; j++) {
                assertEquals(
                        expected[j], actual.getDouble(j), 1e-10 * (1 + Math.abs(expected[j])), name + ", unit " + j);
                active += expected[j] == 0 ? 0 : 1;
            }
        }
        return active;
    }

    @Test
    void stepsAreThoseOfTheRecursion(TestReporter reporter) {
        INDArray x = input();
        int[] covered = {0};
        couplings().forEach((name, choose) -> {
            for (int steps : STEPS) {
                MultiLayerNetwork net = network(
                        choose.apply(layer(steps).pixelMask(true).thresholds(ThresholdSchedule.byNoise())),
                        4,
                        CNN2DFormat.NCHW);
                change(net.getLayer(0));
                int active = check(name + ", K = " + steps, net.getLayer(0), steps, x);
                assertTrue(active > 20 && active < EXAMPLES * UNITS * PIXELS, name + " has " + active + " active");
                INDArray last = networkOf(net, choose, steps)
                        .output(x.permute(0, 2, 3, 1).dup('c'));
                INDArray first = net.output(x);
                assertTrue(first.equalsWithEps(last.permute(0, 3, 1, 2), 1e-12), name + ", channels last");
                covered[0]++;
            }
        });
        reporter.publishEntry("couplings and numbers of steps", String.valueOf(covered[0]));
    }

    /** The same weights with the channels last. */
    private static MultiLayerNetwork networkOf(
            MultiLayerNetwork net, UnaryOperator<ConvolutionalListaLayer.Builder> choose, int steps) {
        MultiLayerNetwork other = network(
                choose.apply(layer(steps)
                        .pixelMask(true)
                        .thresholds(ThresholdSchedule.byNoise())
                        .dataFormat(CNN2DFormat.NHWC)),
                4,
                CNN2DFormat.NHWC);
        other.setParams(net.params());
        return other;
    }

    @Test
    void onesAndLevelZeroAreTheLayerWithout() {
        INDArray x = input();
        INDArray images = x.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2), NDArrayIndex.all(), NDArrayIndex.all())
                .dup('c');
        INDArray plain = Nd4j.concat(
                1,
                images,
                Nd4j.ones(DataType.DOUBLE, EXAMPLES, 1, HEIGHT, WIDTH),
                Nd4j.zeros(DataType.DOUBLE, EXAMPLES, 1, HEIGHT, WIDTH));
        couplings().forEach((name, choose) -> {
            for (int steps : STEPS) {
                MultiLayerNetwork given = network(
                        choose.apply(layer(steps).pixelMask(true).thresholds(ThresholdSchedule.byNoise())),
                        4,
                        CNN2DFormat.NCHW);
                MultiLayerNetwork without = network(choose.apply(layer(steps)), 2, CNN2DFormat.NCHW);
                INDArray expected = without.output(images);
                assertTrue(expected.equalsWithEps(given.output(plain), 1e-13), name + ", K = " + steps);
                UnsupervisedLayer own = (UnsupervisedLayer) given.getLayer(0);
                UnsupervisedLayer other = (UnsupervisedLayer) without.getLayer(0);
                assertEquals(other.energy(images).total(), own.energy(plain).total(), 1e-12, name);
                assertTrue(other.reconstruct(images).equalsWithEps(own.reconstruct(plain), 1e-13), name);
            }
        });
    }

    @Test
    void missingPixelsReachNeitherCodeNorLoss() {
        INDArray x = input();
        INDArray other = x.dup('c');
        for (int n = 0; n < EXAMPLES; n++) {
            for (int p = 0; p < PIXELS; p++) {
                if (x.getDouble(n, 2, p / WIDTH, p % WIDTH) == 0) {
                    other.putScalar(new int[] {n, 0, p / WIDTH, p % WIDTH}, 1e3);
                    other.putScalar(new int[] {n, 1, p / WIDTH, p % WIDTH}, -1e3);
                }
            }
        }
        couplings().forEach((name, choose) -> {
            MultiLayerNetwork net = network(
                    choose.apply(layer(3).pixelMask(true).thresholds(ThresholdSchedule.byNoise())),
                    4,
                    CNN2DFormat.NCHW);
            UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
            assertTrue(net.output(x).equalsWithEps(net.output(other), 1e-13), name);
            assertEquals(layer.energy(x).total(), layer.energy(other).total(), 1e-12, name);
        });
    }
}
