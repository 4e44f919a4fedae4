package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.shrinkage.JumpReluShrinkage;
import io.github.dl4jsparse.shrinkage.ProximalShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.TopKShrinkage;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The law of the project: before training K steps of an encoder are K steps of the solver that its choices name, for every
 * combination of linear map, coupling, shrinkage and momentum that can be built. The oracle is one recursion, written with matrices
 * and plain loops:
 * \[ v = z_k + \beta_k (z_k - z_{k-1}), \qquad u = v + \gamma\, C^{\top} (x - D v), \qquad z_{k+1} = \eta(u) \]
 * where the largest units of u pass as they are if support is selected.
 */
@ExtendWith(DoublePrecision.class)
class RecurrenceLawTest {
    private static final int[] STEPS = {1, 2, 5, 11, 50};
    private static final int EXAMPLES = 3;
    private static final double LAMBDA = 0.15;

    /** A shrinkage with the penalty that it belongs to, and what it does to a drive with the step size gamma. */
    private record Kind(String name, Shrinkage shrinkage, Penalty penalty, Shrink oracle) {}

    private interface Shrink {
        void apply(double[] u, double gamma, int step);
    }

    /** What else is chosen, and how many of the units of an example pass a step without being shrunk. */
    private record Variant(String name, UnaryOperator<ListaBuilder<?>> choose, IntBinaryOperator passed) {
        static final Variant PLAIN = new Variant("", b -> b, (step, units) -> 0);
    }

    /** Support selection and the schedules of thresholds, with the couplings and shrinkages they are for. */
    private static List<Variant> variants(boolean hasStepSizes) {
        List<Variant> all = new ArrayList<>(List.of(
                new Variant(", support by share", b -> b.support(SupportSelection.share(0.1, 0.3)), (step, units) ->
                        (int) Math.floor(Math.min((step + 1) / 10.0, 0.3) * units + 1e-9)),
                new Variant(
                        ", a threshold a unit and step",
                        b -> b.thresholds(ThresholdSchedule.perUnitAndStep()),
                        Variant.PLAIN.passed()),
                new Variant(
                        ", a number a step", b -> b.thresholds(ThresholdSchedule.perStep()), Variant.PLAIN.passed())));
        if (hasStepSizes) {
            all.add(new Variant(
                    ", thresholds by step size",
                    b -> b.thresholds(ThresholdSchedule.byStepSize()),
                    Variant.PLAIN.passed()));
            all.add(new Variant(
                    ", thresholds by step size, support by share",
                    b -> b.thresholds(ThresholdSchedule.byStepSize()).support(SupportSelection.share(0.1, 0.3)),
                    all.get(0).passed()));
        }
        return all;
    }

    private static Kind unit(String name, Shrinkage shrinkage, boolean signed) {
        return new Kind(name, shrinkage, new L1Penalty(LAMBDA), (u, gamma, step) -> {
            for (int i = 0; i < u.length; i++) {
                double positive = Math.max(0, u[i] - gamma * LAMBDA);
                u[i] = signed ? positive - Math.max(0, -u[i] - gamma * LAMBDA) : positive;
            }
        });
    }

    private static Kind proximal(String name, Shrinkage shrinkage, Proximal penalty) {
        return new Kind(name, shrinkage, penalty, (u, gamma, step) -> {
            INDArray row = Nd4j.create(new double[][] {u});
            penalty.prox(row, gamma);
            System.arraycopy(row.data().asDouble(), 0, u, 0, u.length);
        });
    }

    /** Blocks of two units that are near each other. */
    private static Groups blocks(int units) {
        return Groups.of(
                units,
                IntStream.range(0, units / 2)
                        .mapToObj(i -> new int[] {2 * i, 2 * i + 1})
                        .toArray(int[][]::new));
    }

    /** Every third unit a root, with the two after it below. */
    private static Tree tree(int units) {
        return Tree.ofParents(
                IntStream.range(0, units).map(i -> i % 3 == 0 ? -1 : i - i % 3).toArray());
    }

    private static List<Kind> kinds(int units) {
        GroupL2Penalty blocks = new GroupL2Penalty(LAMBDA, blocks(units));
        SparseGroupPenalty both = new SparseGroupPenalty(LAMBDA / 2, LAMBDA, blocks(units));
        TreePenalty tree = new TreePenalty(LAMBDA, tree(units));
        return List.of(
                unit("soft", Shrinkage.SOFT, true),
                unit("non-negative", Shrinkage.NON_NEGATIVE, false),
                proximal("groups", new GroupShrinkage(blocks(units)), blocks),
                proximal("prox of groups", new ProximalShrinkage(blocks), blocks),
                proximal("prox of sparse groups", new ProximalShrinkage(both), both),
                proximal("prox of a tree", new ProximalShrinkage(tree), tree),
                new Kind("top-k", new TopKShrinkage(2), new L1Penalty(0), (u, gamma, step) -> topK(u, 2)),
                new Kind("JumpReLU", new JumpReluShrinkage(0.01), new L1Penalty(LAMBDA), (u, gamma, step) -> {
                    for (int i = 0; i < u.length; i++) {
                        u[i] = u[i] > gamma * LAMBDA ? u[i] : 0;
                    }
                }));
    }

    private static void topK(double[] u, int k) {
        double[] sizes = Arrays.stream(u).map(Math::abs).sorted().toArray();
        double least = sizes[sizes.length - k];
        for (int i = 0; i < u.length; i++) {
            u[i] = Math.abs(u[i]) >= least ? u[i] : 0;
        }
    }

    private static Map<String, UnaryOperator<ListaBuilder<?>>> couplings(boolean free, boolean dense) {
        Map<String, UnaryOperator<ListaBuilder<?>>> all = new LinkedHashMap<>();
        if (free) {
            all.put("free", b -> b.coupling(Coupling.free()));
            all.put("free, untied", b -> b.coupling(Coupling.free()).untied(true));
        }
        all.put("dictionary", b -> b.coupling(Coupling.dictionary()));
        all.put("decoder", b -> b.coupling(Coupling.decoder()));
        all.put("learned", b -> b.coupling(Coupling.learned()));
        all.put("learned, untied", b -> b.coupling(Coupling.learned()).untied(true));
        all.put("learned with step sizes", b -> b.coupling(Coupling.learnedWithStepSizes()));
        if (dense) {
            all.put("analytic", b -> b.coupling(Coupling.analytic()));
        }
        return all;
    }

    private static final Map<String, Momentum> MOMENTA = momenta();

    private static Map<String, Momentum> momenta() {
        Map<String, Momentum> all = new LinkedHashMap<>();
        all.put("none", Momentum.none());
        all.put("FISTA's", Momentum.fista());
        all.put("learned", Momentum.learned());
        return all;
    }

    private static double[] beta(int steps, boolean accelerated) {
        double[] beta = new double[steps];
        double t = 1;
        for (int k = 1; k < steps && accelerated; k++) {
            double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            beta[k] = (t - 1) / next;
            t = next;
        }
        return beta;
    }

    /** {@code [nIn][nOut]} times a vector, or the transpose of it. */
    private static double[] times(double[][] matrix, double[] vector, boolean transposed) {
        double[] result = new double[transposed ? matrix[0].length : matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                result[transposed ? j : i] += matrix[i][j] * vector[transposed ? i : j];
            }
        }
        return result;
    }

    /** The code after some steps of the recursion. */
    private static double[] recursion(
            double[][] d, double[][] c, double gamma, double[] x, double[] beta, Shrink shrink) {
        double[] z = new double[d[0].length];
        double[] before = z.clone();
        for (int k = 0; k < beta.length; k++) {
            double[] v = new double[z.length];
            for (int j = 0; j < v.length; j++) {
                v[j] = z[j] + beta[k] * (z[j] - before[j]);
            }
            double[] image = times(d, v, false);
            for (int i = 0; i < image.length; i++) {
                image[i] = x[i] - image[i];
            }
            double[] step = times(c, image, true);
            before = z;
            z = v;
            for (int j = 0; j < z.length; j++) {
                z[j] += gamma * step[j];
            }
            shrink.apply(z, gamma, k);
        }
        return z;
    }

    /** Shrinks, and lets some of the units pass that are above the threshold, the largest: of either sign or not. */
    private static Shrink selecting(Kind kind, IntBinaryOperator passed) {
        return (u, gamma, step) -> {
            double[] drive = u.clone();
            kind.oracle().apply(u, gamma, step);
            int count = passed.applyAsInt(step, u.length);
            double[] sizes = Arrays.stream(drive)
                    .map(v -> kind.shrinkage().isSigned() ? Math.abs(v) : v)
                    .sorted()
                    .toArray();
            for (int j = 0; j < u.length && count > 0; j++) {
                double size = kind.shrinkage().isSigned() ? Math.abs(drive[j]) : drive[j];
                if (size >= sizes[u.length - count] && size > gamma * LAMBDA) {
                    u[j] = drive[j];
                }
            }
        };
    }

    private static MultiLayerNetwork network(ListaBuilder<?> layer, InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer.build())
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    /** The dictionary as a matrix: images of codes with one unit each. */
    private static double[][] matrix(UnsupervisedLayer layer, long[] codeShape, int pixels) {
        int units = (int) Nd4j.create(DataType.DOUBLE, codeShape).length();
        double[][] d = new double[pixels][units];
        for (int j = 0; j < units; j++) {
            INDArray code = Nd4j.zeros(DataType.DOUBLE, codeShape);
            code.data().put(j, 1);
            double[] image = layer.decode(code).dup('c').data().asDouble();
            for (int i = 0; i < pixels; i++) {
                d[i][j] = image[i];
            }
        }
        return d;
    }

    private static double[][] transposed(INDArray rows) {
        double[][] result = new double[(int) rows.size(1)][(int) rows.size(0)];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < result[0].length; j++) {
                result[i][j] = rows.getDouble(j, i);
            }
        }
        return result;
    }

    /**
     * Compares one network with the recursion.
     *
     * @param position units that are shrunk together
     */
    private static int check(
            String name,
            MultiLayerNetwork net,
            INDArray x,
            double[] beta,
            Kind kind,
            int position,
            IntBinaryOperator passed) {
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray code = layer.encode(x);
        long[] one = code.shape().clone();
        one[0] = 1;
        int pixels = (int) (x.length() / x.size(0));
        double[][] d = matrix(layer, one, pixels);
        ListaConf conf = (ListaConf) net.getLayer(0).conf().getLayer();
        boolean analytic = conf.getCoupling() instanceof AnalyticCoupling;
        double[][] c = analytic ? transposed(net.getLayer(0).getParam(ListaConf.ENCODER)) : d;
        double gamma = analytic ? net.getLayer(0).getParam(ListaConf.STEP).getDouble(0) : conf.getStepSize();
        Shrink own = selecting(kind, passed);
        Shrink each = position == d[0].length ? own : (u, g, k) -> byPosition(u, g, k, own, position);
        int active = 0;
        for (int n = 0; n < x.size(0); n++) {
            double[] expected =
                    recursion(d, c, gamma, x.slice(n).dup('c').data().asDouble(), beta, each);
            double[] actual = code.slice(n).dup('c').data().asDouble();
            for (int j = 0; j < expected.length; j++) {
                assertEquals(expected[j], actual[j], 1e-10 * (1 + Math.abs(expected[j])), name + ", unit " + j);
                assertEquals(expected[j] == 0, actual[j] == 0, name + ", zero of unit " + j);
                active += expected[j] != 0 ? 1 : 0;
            }
        }
        return active;
    }

    /** Codes have their channels first: the units of a position lie apart. */
    private static void byPosition(double[] u, double gamma, int step, Shrink each, int units) {
        int places = u.length / units;
        for (int place = 0; place < places; place++) {
            double[] own = new double[units];
            for (int map = 0; map < units; map++) {
                own[map] = u[map * places + place];
            }
            each.apply(own, gamma, step);
            for (int map = 0; map < units; map++) {
                u[map * places + place] = own[map];
            }
        }
    }

    /** All combinations of an operator. */
    private static List<String> cover(
            String operator,
            int shrunk,
            boolean free,
            boolean dense,
            Function<Integer, ListaBuilder<?>> layer,
            InputType type,
            INDArray x) {
        List<String> covered = new ArrayList<>();
        couplings(free, dense)
                .forEach((coupling, choose) -> MOMENTA.forEach((momentum, m) -> {
                    String prefix = operator + ", " + coupling + ", momentum " + momentum + ", ";
                    boolean hasStepSizes = List.of("decoder", "learned with step sizes", "analytic")
                            .contains(coupling);
                    for (Kind kind : kinds(shrunk)) {
                        List<Variant> variants = new ArrayList<>(List.of(Variant.PLAIN));
                        if (kind.shrinkage() == Shrinkage.SOFT || kind.shrinkage() == Shrinkage.NON_NEGATIVE) {
                            variants.addAll(variants(hasStepSizes));
                        }
                        for (Variant variant : variants) {
                            String name = prefix + kind.name() + variant.name();
                            int active = 0;
                            for (int steps : STEPS) {
                                ListaBuilder<?> builder = layer.apply(steps);
                                choose.apply(builder)
                                        .momentum(m)
                                        .shrinkage(kind.shrinkage())
                                        .penalty(kind.penalty());
                                variant.choose().apply(builder);
                                double[] beta = beta(steps, !momentum.equals("none"));
                                MultiLayerNetwork net = network(builder, type);
                                active += check(name + ", K = " + steps, net, x, beta, kind, shrunk, variant.passed());
                            }
                            assertTrue(active > 0, name + " is zero everywhere and says nothing");
                            covered.add(name);
                        }
                    }
                }));
        return covered;
    }

    private static void print(String operator, List<String> covered, int least, TestReporter reporter) {
        reporter.publishEntry(operator, covered.size() + " combinations right");
        assertTrue(covered.size() >= least, operator + ": " + covered.size());
    }

    @Test
    void dense(TestReporter reporter) {
        INDArray x = Samples.gaussian(1, EXAMPLES, 7);
        List<String> covered = cover(
                "dense",
                12,
                true,
                true,
                steps -> new ListaLayer.Builder().nOut(12).iterations(steps).stepSize(0.2),
                InputType.feedForward(7),
                x);
        print("dense", covered, 60, reporter);
    }

    @Test
    void convolutional(TestReporter reporter) {
        INDArray x = Samples.gaussian(2, EXAMPLES, 2, 5, 4);
        List<String> covered = cover(
                "convolutional",
                6,
                true,
                false,
                steps -> new ConvolutionalListaLayer.Builder(3, 2)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .weightBorder(false)
                        .nOut(6)
                        .iterations(steps)
                        .stepSize(0.05),
                InputType.convolutional(5, 4, 2),
                x);
        print("convolutional", covered, 24, reporter);
    }

    @Test
    void local(TestReporter reporter) {
        INDArray x = Samples.gaussian(3, EXAMPLES, 2, 5, 4);
        List<String> covered = cover(
                "local",
                2 * 3 * 2,
                false,
                false,
                steps -> new LocallyConnectedListaLayer.Builder(3)
                        .weightBorder(false)
                        .nOut(2)
                        .iterations(steps)
                        .stepSize(0.05),
                InputType.convolutional(5, 4, 2),
                x);
        print("local", covered, 12, reporter);
    }
}
