package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.LearnedL1Penalty;
import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.energy.LearnedPenalty.Parameter;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.UnitPruner;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** A learned penalty that no class of the library knows, in every kind of layer. */
class LearnedPenaltyTest {
    private static final int UNITS = 6;
    private static final double BUDGET = 0.1;
    private static final String LAMBDA = "0_" + LearnedL1Penalty.WEIGHTS;

    static Stream<Arguments> layers() {
        Function<Penalty, SparseLayerConf> coding = penalty -> new SparseCodingLayer.Builder()
                .nOut(UNITS)
                .penalty(penalty)
                .learningRateFactor(LearnedL1Penalty.WEIGHTS, 0.2)
                .unsupervisedWeight(1)
                .build();
        Function<Penalty, SparseLayerConf> lista = penalty -> new ListaLayer.Builder()
                .nOut(UNITS)
                .iterations(2)
                .penalty(penalty)
                .learningRateFactor(LearnedL1Penalty.WEIGHTS, 0.2)
                .unsupervisedWeight(1)
                .build();
        Function<Penalty, SparseLayerConf> maps = penalty -> new ConvolutionalListaLayer.Builder(2, 2)
                .nOut(UNITS)
                .iterations(2)
                .penalty(penalty)
                .learningRateFactor(LearnedL1Penalty.WEIGHTS, 0.2)
                .unsupervisedWeight(1)
                .build();
        return Stream.of(
                Arguments.of(coding, InputType.feedForward(8)),
                Arguments.of(lista, InputType.feedForward(8)),
                Arguments.of(maps, InputType.convolutional(4, 3, 2)));
    }

    private static MultiLayerNetwork network(SparseLayerConf layer, InputType type) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.02))
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(type)
                .build());
        net.init();
        return net;
    }

    private static DataSet data(InputType type) {
        long[] shape = type.getShape(true);
        shape[0] = 20;
        return new DataSet(Samples.gaussian(5, shape), Samples.oneHot(20, 2));
    }

    private static void assertWithinTheBudget(INDArray weights, int units) {
        assertEquals(units * BUDGET, weights.sumNumber().doubleValue(), 1e-9);
        assertTrue(weights.minNumber().doubleValue() >= 0);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isLearnedWithinItsLimitsCountsInTheScoreAndIsSaved(Function<Penalty, SparseLayerConf> layer, InputType type)
            throws Exception {
        DataSet data = data(type);
        MultiLayerNetwork net = network(layer.apply(new LearnedL1Penalty(UNITS, BUDGET, true)), type);
        INDArray start = net.getParam(LAMBDA).dup();
        assertWithinTheBudget(start, UNITS);
        for (int i = 0; i < 5; i++) {
            net.fit(data);
            assertWithinTheBudget(net.getParam(LAMBDA), UNITS);
        }
        assertTrue(Samples.distance(start, net.getParam(LAMBDA)) > 1e-3, "lambda is not learned");
        INDArray x = data.getFeatures();
        UnsupervisedLayer own = (UnsupervisedLayer) net.getLayer(0);
        INDArray code = own.penalised(own.encode(x));
        double expected = 0;
        for (int i = 0; i < UNITS; i++) {
            expected += net.getParam(LAMBDA).getDouble(i)
                    * code.getColumn(i).norm1Number().doubleValue();
        }
        assertEquals(expected / 20, own.energy(x).penalty(), 1e-9 * expected);

        MultiLayerNetwork saved = ((AnyNetwork.Stack) new AnyNetwork.Stack(net).saved()).model();
        assertEquals(net.getLayerWiseConfigurations(), saved.getLayerWiseConfigurations());
        assertEquals(net.getParam(LAMBDA), saved.getParam(LAMBDA));
        assertEquals(net.score(data), saved.score(data));
        saved.fit(data);
        assertWithinTheBudget(saved.getParam(LAMBDA), UNITS);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isLeftAloneByOtherLossesAndCutWithItsUnits(Function<Penalty, SparseLayerConf> layer, InputType type) {
        DataSet data = data(type);
        LearnedL1Penalty penalty = new LearnedL1Penalty(UNITS, BUDGET, true);
        MultiLayerNetwork supervised = network(layer.apply(penalty).withUnsupervisedWeight(0), type);
        supervised.fit(data);
        assertEquals(BUDGET, supervised.getParam(LAMBDA).maxNumber().doubleValue(), 1e-12);

        MultiLayerNetwork net = network(layer.apply(penalty), type);
        net.fit(data);
        int[] kept = {0, 2, 3, 5};
        MultiLayerNetwork smaller = UnitPruner.prune(net, 0, kept);
        for (int i = 0; i < kept.length; i++) {
            assertEquals(
                    net.getParam(LAMBDA).getDouble(kept[i]),
                    smaller.getParam(LAMBDA).getDouble(i));
        }
        smaller.fit(data);
        assertWithinTheBudget(smaller.getParam(LAMBDA), kept.length);
        if (net.getLayer(0).conf().getLayer() instanceof SparseCodingLayer) {
            return;
        }
        MultiLayerNetwork bare = Decoders.remove(net);
        assertFalse(bare.paramTable().containsKey(LAMBDA));
        assertEquals(net.output(data.getFeatures()), bare.output(data.getFeatures()));
    }

    /** As the one of a layer's own. */
    private record Named(String name, LearnedL1Penalty inner) implements LearnedPenalty {
        private static final long serialVersionUID = 1;

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.row(name, UNITS));
        }

        @Override
        public Penalty initial() {
            return inner.initial();
        }

        @Override
        public void start(Map<String, INDArray> values) {
            values.get(name).assign(BUDGET);
        }

        @Override
        public Penalty with(Map<String, INDArray> values) {
            return inner.initial();
        }

        @Override
        public void writeGradients(
                Map<String, INDArray> values, INDArray code, double weight, Map<String, INDArray> gradients) {
            gradients.get(name).assign(0);
        }

        @Override
        public Consumer<Map<String, INDArray>> limits() {
            return values -> {};
        }

        @Override
        public Named restrictedTo(int[] kept) {
            return new Named(name, inner.restrictedTo(kept));
        }
    }

    @Test
    void namesThatALayerHasItselfAreRefused() {
        ListaLayer.Builder builder = new ListaLayer.Builder()
                .name("code")
                .nOut(UNITS)
                .penalty(new Named(ListaLayer.ENCODER, new LearnedL1Penalty(UNITS, BUDGET, true)));
        String message =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertTrue(message.startsWith("parameter of the penalty must be named otherwise than [E, "), message);
        assertTrue(message.endsWith(" of the layer, got E (layer \"code\", ListaLayer)"), message);
    }

    /** The factors that a layer adds by itself are for parameters that a single step does not have. */
    @Test
    void learningRatesByUseOfASingleStepAreAllowed() {
        ListaLayer layer = new ListaLayer.Builder()
                .nOut(UNITS)
                .iterations(1)
                .learningRatesByUse(true)
                .penalty(new LearnedL1Penalty(UNITS, BUDGET, true))
                .learningRateFactor(LearnedL1Penalty.WEIGHTS, 0.5)
                .build();
        assertEquals(0.5, layer.getLearningRateFactors().get(LearnedL1Penalty.WEIGHTS));
    }
}
