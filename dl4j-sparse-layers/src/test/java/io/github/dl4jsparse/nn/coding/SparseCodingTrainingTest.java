package io.github.dl4jsparse.nn.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Dictionary learning, training below a classifier, and what the builder of {@link SparseCodingLayer} refuses. */
class SparseCodingTrainingTest {
    private static final int INPUTS = 8;
    private static final int EXAMPLES = 48;
    private static final Groups PAIRS = Groups.blocks(6, 2);

    /** Sparse mixtures of few atoms with a little noise; the class is that of the atom of greatest share. */
    private static DataSet data() {
        INDArray codes = Samples.gaussian(4, EXAMPLES, 4);
        codes.muli(Samples.oneHot(EXAMPLES, 4).mul(3).add(0.1));
        INDArray x = codes.mmul(Samples.gaussian(3, 4, INPUTS));
        x.addi(Samples.gaussian(5, EXAMPLES, INPUTS).muli(0.05));
        return new DataSet(x.castTo(DataType.FLOAT), Samples.oneHot(EXAMPLES, 4).castTo(DataType.FLOAT));
    }

    private static SparseCodingLayer.Builder builder(Penalty penalty) {
        return new SparseCodingLayer.Builder().nOut(6).name("my code").penalty(penalty);
    }

    private static OutputLayer classifier() {
        return new OutputLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build();
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.03));
    }

    private static MultiLayerNetwork network(SparseCodingLayer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(settings()
                .list()
                .layer(layer)
                .layer(classifier())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph(SparseCodingLayer layer) {
        ComputationGraph graph = new ComputationGraph(settings()
                .graphBuilder()
                .addInputs("in")
                .addLayer("my code", layer, "in")
                .addLayer("out", classifier(), "my code")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        graph.init();
        return graph;
    }

    static Stream<Penalty> penalties() {
        return Stream.of(
                new L1Penalty(0.2),
                new L1Penalty(0.2).asNonNegative(),
                new GroupL2Penalty(0.3, PAIRS),
                new TreePenalty(0.1, Tree.ofParents(new int[] {-1, 0, 0, -1, 3, 3})));
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void preTrainingLowersTheEnergyAndKeepsTheNormOfAtoms(Penalty penalty) {
        MultiLayerNetwork net = network(builder(penalty).build());
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(0);
        INDArray start = net.getParam("0_D").dup();
        double before = layer.energy(data().getFeatures()).total();
        LayerwisePretrainer.builder().epochs(8).build().fit(net, new ListDataSetIterator<>(data().asList(), 16));
        double after = layer.energy(data().getFeatures()).total();
        assertTrue(after < 0.9 * before, after + " of " + before);
        INDArray learned = net.getParam("0_D");
        assertTrue(Samples.distance(start, learned) > 0.05);
        double greatest = learned.norm2(0).maxNumber().doubleValue();
        assertTrue(greatest <= 1 + 1e-6 && greatest > 0.9, "norm " + greatest);
    }

    /** Mean cross-entropy, by its definition. */
    private static double crossEntropy(INDArray output) {
        double sum = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            sum -= Math.log(output.getDouble(i, i % 4));
        }
        return sum / EXAMPLES;
    }

    @Test
    void trainsBelowAClassifier() {
        MultiLayerNetwork net =
                network(builder(new L1Penalty(0.2)).unsupervisedWeight(0.1).build());
        ComputationGraph graph =
                graph(builder(new L1Penalty(0.2)).unsupervisedWeight(0.1).build());
        graph.setParams(net.params());
        INDArray start = net.getParam("0_D").dup();
        DataSet data = data();
        double before = crossEntropy(net.output(data.getFeatures()));
        for (int i = 0; i < 25; i++) {
            net.fit(data);
            graph.fit(data);
        }
        double after = crossEntropy(net.output(data.getFeatures()));
        assertTrue(after < 0.7 * before, after + " of " + before);
        assertTrue(Samples.distance(start, net.getParam("0_D")) > 0.05, "the dictionary learns too");
        assertEquals(after, crossEntropy(graph.outputSingle(data.getFeatures())), 1e-4);
    }

    private static Arguments bad(String message, UnaryOperator<SparseCodingLayer.Builder> change) {
        return Arguments.of(message, change);
    }

    static Stream<Arguments> badValues() {
        TreePenalty tree = new TreePenalty(0.1, Tree.branching(5));
        return Stream.of(
                bad(
                        "penalty must be one with a proximal operator, or lateral inhibition, got SmoothedGroupPenalty",
                        b -> b.penalty(new SmoothedGroupPenalty(0.1, PAIRS, 1e-5))),
                bad(
                        "penalty must be a sum over disjoint blocks for CoordinateDescent (use Fista for others), "
                                + "got TreePenalty",
                        b -> b.penalty(tree).solver(new CoordinateDescent(10, 0.1))),
                bad("nOut must be at least 1, got 0", b -> b.nOut(0)),
                bad("decoderNorm must be > 0 (infinity for no bound), got NaN", b -> b.decoderNorm(Double.NaN)),
                bad("learningRateFactor's parameter must be one of [D], got E", b -> b.learningRateFactor("E", 0.5)));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void badValueIsRefused(String expected, UnaryOperator<SparseCodingLayer.Builder> change) {
        SparseCodingLayer.Builder builder = change.apply(builder(new L1Penalty(0.1)));
        String message =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertEquals(expected + " (layer \"my code\", SparseCodingLayer)", message);
    }

    @Test
    void penaltyOfAnotherSizeIsRefused() {
        SparseCodingLayer.Builder builder = builder(new GroupL2Penalty(0.1, Groups.blocks(8, 2)));
        String message =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertTrue(message.contains("penalty") && message.contains("8") && message.contains("6"), message);
        assertTrue(message.endsWith("(layer \"my code\", SparseCodingLayer)"), message);
    }

    @Test
    void defaultSolverIsTheFastestThatFits() {
        Solver descent = new CoordinateDescent(1000, 1e-3);
        Solver fista = new Fista(1000, 1e-3);
        assertEquals(descent, builder(new L1Penalty(0.1)).build().getSolver());
        assertEquals(
                descent,
                builder(new SparseGroupPenalty(0.1, 0.2, PAIRS)).build().getSolver());
        assertEquals(
                fista, builder(new TreePenalty(0.1, Tree.branching(5))).build().getSolver());
        assertEquals(
                fista, builder(new OverlappingGroupPenalty(0.1, PAIRS)).build().getSolver());
        assertEquals(
                new Fista(7, 0.5),
                builder(new L1Penalty(0.1)).solver(new Fista(7, 0.5)).build().getSolver());
    }
}
