package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.SparseTreePenalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.ListaBuilder;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.lista.Momentum;
import io.github.dl4jsparse.nn.lista.SupportSelection;
import io.github.dl4jsparse.nn.lista.ThresholdSchedule;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.shrinkage.JumpReluShrinkage;
import io.github.dl4jsparse.shrinkage.ProximalShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.TopKShrinkage;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxEncoderTest {
    private static final int UNITS = 6;
    private static final Groups PAIRS = Groups.of(UNITS, new int[][] {{0, 3}, {1, 2, 5}});
    private static final Tree TREE = Tree.ofParents(new int[] {-1, 0, 0, 1, -1, 4});

    /** The kinds of connections of units to images of 8 x 7 pixels with two channels, or to rows. */
    enum Kind {
        DENSE(InputType.feedForward(10), () -> new ListaLayer.Builder()),
        CONVOLUTIONAL(InputType.convolutional(8, 7, 2), () -> new ConvolutionalListaLayer.Builder(3, 2)),
        STRIDED(InputType.convolutional(8, 7, 2), () -> new ConvolutionalListaLayer.Builder(3, 3)
                .stride(2, 3)
                .padding(1, 0)
                .convolutionMode(ConvolutionMode.Truncate)),
        CHANNELS_LAST(
                InputType.convolutional(8, 7, 2, CNN2DFormat.NHWC), () -> new ConvolutionalListaLayer.Builder(3, 3)),
        LOCAL(InputType.convolutional(5, 4, 2), () -> new LocallyConnectedListaLayer.Builder(3)),
        TORUS(
                InputType.convolutional(6, 4, 2, CNN2DFormat.NHWC),
                () -> new LocallyConnectedListaLayer.Builder(3).stride(2).torus(true));

        final InputType type;
        final Supplier<ListaBuilder<?>> builder;

        Kind(InputType type, Supplier<ListaBuilder<?>> builder) {
            this.type = type;
            this.builder = builder;
        }

        boolean isLocal() {
            return this == LOCAL || this == TORUS;
        }
    }

    private static Map<String, Coupling> couplings(Kind kind) {
        Map<String, Coupling> all = new LinkedHashMap<>();
        all.put("dictionary", Coupling.dictionary());
        all.put("decoder", Coupling.decoder());
        all.put("learned", Coupling.learned());
        all.put("learnedWithStepSizes", Coupling.learnedWithStepSizes());
        if (!kind.isLocal()) {
            all.put("free", Coupling.free());
        }
        if (kind == Kind.DENSE) {
            all.put("analytic", Coupling.analytic());
        }
        return all;
    }

    /** Shrinkages with a penalty that each goes with; those of groups of maps only where the maps are all that is shrunk. */
    private static Map<String, Object[]> shrinkages(Kind kind) {
        L1Penalty l1 = new L1Penalty(0.5);
        Map<String, Object[]> all = new LinkedHashMap<>();
        all.put("soft", new Object[] {Shrinkage.SOFT, l1});
        all.put("nonNegative", new Object[] {Shrinkage.NON_NEGATIVE, l1});
        all.put("jumpRelu", new Object[] {new JumpReluShrinkage(0.01), l1});
        all.put("topK", new Object[] {new TopKShrinkage(3), l1});
        if (!kind.isLocal()) {
            GroupL2Penalty group = new GroupL2Penalty(1.2, PAIRS);
            all.put("group", new Object[] {new GroupShrinkage(PAIRS), group});
            all.put("proxGroup", prox(group));
            all.put("proxL1", prox(l1.asNonNegative()));
            all.put("sparseGroup", prox(new SparseGroupPenalty(0.3, 0.5, PAIRS)));
            all.put("tree", prox(new TreePenalty(0.7, TREE)));
            all.put("sparseTree", prox(new SparseTreePenalty(new L1Penalty(0.2), new TreePenalty(0.4, TREE))));
            all.put("proxTopK", prox(new TopKPenalty(2).asNonNegative()));
        }
        return all;
    }

    private static Object[] prox(Proximal penalty) {
        return new Object[] {new ProximalShrinkage(penalty), new L1Penalty(0.5)};
    }

    static Stream<Arguments> everyChoice() {
        List<Arguments> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean isPlain = Set.of(Kind.DENSE, Kind.CONVOLUTIONAL, Kind.LOCAL).contains(kind);
            List<Momentum> momenta = isPlain
                    ? List.of(Momentum.none(), Momentum.fista(), Momentum.learned())
                    : List.of(Momentum.learned());
            couplings(kind).forEach((coupling, c) -> shrinkages(kind)
                    .forEach((shrinkage, s) ->
                            momenta.forEach(m -> all.add(Arguments.of(kind, coupling, shrinkage, m)))));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource
    void everyChoice(Kind kind, String coupling, String shrinkage, Momentum momentum) throws IOException {
        Object[] shrinks = shrinkages(kind).get(shrinkage);
        check(kind, builder -> builder.coupling(couplings(kind).get(coupling))
                .shrinkage((Shrinkage) shrinks[0])
                .penalty((Penalty) shrinks[1])
                .momentum(momentum));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void untiedStepsWithGainAndInputScale(Kind kind) throws IOException {
        for (Coupling coupling : couplings(kind).values()) {
            if (!coupling.equals(Coupling.analytic())) {
                check(kind, builder -> builder.coupling(coupling)
                        .untied(true)
                        .gain(true)
                        .inputScaling(true)
                        .penalty(new L1Penalty(0.1)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tiedDecoders(Kind kind) throws IOException {
        check(kind, builder -> builder.coupling(Coupling.dictionary())
                .tiedDecoder(true)
                .penalty(new L1Penalty(0.1)));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneStep(Kind kind) throws IOException {
        for (Coupling coupling : couplings(kind).values()) {
            check(kind, builder -> builder.coupling(coupling).iterations(1).penalty(new L1Penalty(0.1)));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void schedulesAndSupport(Kind kind) throws IOException {
        for (ThresholdSchedule schedule : List.of(
                ThresholdSchedule.perUnitAndStep(), ThresholdSchedule.perStep(), ThresholdSchedule.byStepSize())) {
            for (Shrinkage shrinkage : List.of(Shrinkage.SOFT, Shrinkage.NON_NEGATIVE)) {
                check(kind, builder -> builder.coupling(Coupling.decoder())
                        .thresholds(schedule)
                        .shrinkage(shrinkage)
                        .support(SupportSelection.share(0.2, 0.5))
                        .penalty(new L1Penalty(0.1)));
            }
        }
    }

    @Test
    void aShrinkageOfAllUnitsOfAnImage() throws IOException {
        Kind kind = Kind.CONVOLUTIONAL;
        int all = 8 * 7 * UNITS;
        check(kind, builder -> builder.shrinkage(new ProximalShrinkage(new GroupL2Penalty(1.5, Groups.blocks(all, 12))))
                .penalty(new L1Penalty(0.1)));
    }

    /** The last two channels of the input are a pixel mask and a noise level; the border counts less. */
    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void masksAndNoiseLevels(CNN2DFormat format) throws IOException {
        InputType.InputTypeConvolutional type =
                (InputType.InputTypeConvolutional) InputType.convolutional(8, 7, 4, format);
        for (Coupling coupling : List.of(Coupling.dictionary(), Coupling.decoder(), Coupling.learned())) {
            for (Object[] shrinks : List.of(
                    new Object[] {Shrinkage.SOFT, new L1Penalty(0.1)},
                    new Object[] {new GroupShrinkage(PAIRS), new GroupL2Penalty(0.5, PAIRS)},
                    prox(new TreePenalty(0.3, TREE)))) {
                for (int steps : new int[] {1, 3}) {
                    MultiLayerNetwork net = network(
                            type,
                            new ConvolutionalListaLayer.Builder(3, 3)
                                    .pixelMask(true)
                                    .thresholds(ThresholdSchedule.byNoise())
                                    .nOut(UNITS)
                                    .iterations(steps)
                                    .inputScaling(true)
                                    .coupling(coupling)
                                    .shrinkage((Shrinkage) shrinks[0])
                                    .penalty((Penalty) shrinks[1])
                                    .build());
                    Map<String, INDArray> params = net.getLayer(0).paramTable();
                    params.get("t1").assign(0.3);
                    params.get("scale").assign(1.7);
                    OnnxLaw.check(net, batch -> new INDArray[] {withMaskAndLevel(type, batch)});
                }
            }
        }
    }

    private static INDArray withMaskAndLevel(InputType.InputTypeConvolutional type, int batch) {
        INDArray input = OnnxExportTest.input(type, batch);
        INDArray first = type.getFormat() == CNN2DFormat.NHWC ? input.permute(0, 3, 1, 2) : input;
        INDArray mask = first.get(all(), point(2), all(), all());
        mask.assign(mask.gt(0).castTo(DataType.FLOAT));
        for (int i = 0; i < batch; i++) {
            first.get(point(i), point(3), all(), all()).assign(0.1 * (i % 4));
        }
        return input;
    }

    /** Random weights near those of the start, so that every parameter counts. */
    private static void check(Kind kind, Function<ListaBuilder<?>, ListaBuilder<?>> choices) throws IOException {
        ListaBuilder<?> builder = kind.builder.get();
        builder.nOut(kind.isLocal() ? 2 : UNITS);
        builder.iterations(4);
        MultiLayerNetwork net = network(kind.type, choices.apply(builder).build());
        INDArray params = net.params();
        INDArray noise = Samples.gaussian(DataType.FLOAT, 5, params.shape());
        params.addi(params.mul(noise).muli(0.2));
        Map<String, INDArray> named = net.getLayer(0).paramTable();
        if (named.containsKey("scale")) {
            named.get("scale").assign(1.7);
        }
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(kind.type, batch)});
        double active = net.output(OnnxExportTest.input(kind.type, 3))
                .neq(0)
                .castTo(DataType.DOUBLE)
                .meanNumber()
                .doubleValue();
        assertTrue(active > 0.01 && active < 1, () -> "a code that says something: " + active);
    }

    private static MultiLayerNetwork network(InputType type, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .list()
                .layer(layer)
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    @Test
    void aShrinkageWithoutClosedFormIsRefused(@TempDir Path directory) {
        OverlappingGroupPenalty overlapping = new OverlappingGroupPenalty(0.1, Groups.ring(UNITS, Window.of(3)));
        MultiLayerNetwork net = network(
                Kind.DENSE.type,
                new ListaLayer.Builder()
                        .name("code")
                        .nOut(UNITS)
                        .shrinkage(new ProximalShrinkage(overlapping))
                        .penalty(overlapping)
                        .build());
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx")));
        assertEquals(
                "penalty of the shrinkage must be one in closed form, which ONNX's operators express: soft, non-negative,"
                        + " JumpReLU, top-k, disjoint groups, sparse groups, trees; or implement OnnxShrinkage, got"
                        + " OverlappingGroupPenalty (layer \"code\", ListaLayer)",
                e.getMessage());
    }
}
