package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.integration.EveryUnsupervisedLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's constraints are held after every update of every layer, beside the bounds that the layer has by itself. */
class ConstraintsTest {
    private static final double BOUND = 0.3;
    /** DL4J adds 1e-6 to the norms that it divides by. */
    private static final double ROUNDING = 1e-5;

    /** A constraint, and how to see that it holds. */
    enum Kind {
        ROWS_OF_BOUNDED_NORM(new MaxNormConstraint(BOUND, 1)) {
            @Override
            boolean holds(INDArray weights) {
                return weights.norm2(1).maxNumber().doubleValue() <= BOUND + ROUNDING;
            }
        },
        COLUMNS_OF_NORM_ONE(new UnitNormConstraint(0)) {
            @Override
            boolean holds(INDArray weights) {
                return Samples.distance(weights.norm2(0), weights.norm2(0).assign(1)) <= ROUNDING;
            }
        },
        NOTHING_NEGATIVE(new NonNegativeConstraint()) {
            @Override
            boolean holds(INDArray weights) {
                return weights.minNumber().doubleValue() >= 0;
            }
        };

        private final LayerConstraint constraint;

        Kind(LayerConstraint constraint) {
            this.constraint = constraint;
        }

        abstract boolean holds(INDArray weights);
    }

    static Stream<Arguments> everyLayerAndKind() {
        return Arrays.stream(EveryLayer.values())
                .flatMap(layer -> Arrays.stream(Kind.values()).map(kind -> Arguments.of(layer, kind)));
    }

    /** Layers without weights refuse the option. */
    private static Consumer<org.deeplearning4j.nn.conf.layers.Layer.Builder<?>> constrained(Kind kind) {
        return builder -> {
            if (builder instanceof FeedForwardLayer.Builder<?>) {
                builder.constrainWeights(kind.constraint.clone());
            }
        };
    }

    /** After some updates, each of which is looked at. */
    private static void heldInTraining(EveryLayer layer, Kind kind, AnyNetwork net) {
        for (int i = 0; i < 4; i++) {
            INDArray before = net.params().dup();
            net.fit(layer.data(9, i));
            assertTrue(Samples.distance(before, net.params()) > 1e-6, "training goes on");
            held(layer, kind, net);
        }
    }

    private static void held(EveryLayer layer, Kind kind, AnyNetwork net) {
        Layer[] below = Arrays.copyOf(net.layers(), layer.layers().length);
        for (Layer each : below) {
            each.paramTable().forEach((name, weights) -> {
                String which = name + " of " + each.getClass().getSimpleName();
                if (EveryLayer.isWeight(each, name)) {
                    assertTrue(kind.holds(weights), () -> which + ": " + weights);
                }
                ownBoundHolds(each, name, weights);
            });
        }
    }

    private static void ownBoundHolds(Layer layer, String name, INDArray array) {
        if (name.equals("D")) {
            double longest = array.norm2(0).maxNumber().doubleValue();
            assertTrue(longest <= 1 + ROUNDING, () -> "an atom of norm " + longest);
        } else if (EveryLayer.isInhibition(layer, name)) {
            assertEquals(0, Samples.distance(array, array.transpose()), 1e-12, "S is symmetric");
            INDArray sums = array.sum(0);
            assertEquals(
                    sums.minNumber().doubleValue(), sums.maxNumber().doubleValue(), 1e-9, "columns of S have one sum");
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndKind")
    void thoseOfALayerAreHeld(EveryLayer layer, Kind kind) {
        layer.both(EveryLayer.settings(), constrained(kind)).forEach(net -> heldInTraining(layer, kind, net));
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndKind")
    void thoseOfTheNetworkAreHeldByItsLayers(EveryLayer layer, Kind kind) {
        layer.both(EveryLayer.settings().constrainWeights(kind.constraint.clone()))
                .forEach(net -> heldInTraining(layer, kind, net));
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndKind")
    void thoseOfFineTuningAreHeldByTheTransferredLayers(EveryLayer layer, Kind kind) {
        LayerConstraint constraint = kind.constraint.clone();
        constraint.setParams(weightNames(layer));
        MultiLayerNetwork net = new TransferLearning.Builder(layer.network())
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .constraints(List.of(constraint))
                        .build())
                .build();
        heldInTraining(layer, kind, new AnyNetwork.Stack(net));
    }

    private static Set<String> weightNames(EveryLayer layer) {
        // S is a weight of an encoder but not of a layer that learns inhibition
        return layer == EveryLayer.LEARNED_INHIBITION ? Set.of("W") : Set.of("W", "E", "S", "D");
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void theyAreHeldInPretrainingToo(EveryLayer layer) {
        for (Kind kind : Kind.values()) {
            MultiLayerNetwork net = layer.network(EveryLayer.settings(), layer.layers(constrained(kind)));
            LayerwisePretrainer.builder()
                    .build()
                    .fit(net, new ListDataSetIterator<>(layer.data(8, 1).asList(), 4));
            held(layer, kind, new AnyNetwork.Stack(net));
        }
    }

    /** As for DL4J's own layers: what is set on a layer counts, and not what the network has for all others. */
    @ParameterizedTest
    @EnumSource
    void thoseOfALayerComeBeforeThoseOfTheNetwork(EveryLayer layer) {
        MultiLayerNetwork net = layer.network(
                EveryLayer.settings().constrainWeights(new MaxNormConstraint(1e-3, 1)),
                layer.layers(constrained(Kind.ROWS_OF_BOUNDED_NORM)));
        DataSet data = layer.data(9, 1);
        net.fit(data);
        for (Layer each : Arrays.copyOf(net.getLayers(), layer.layers().length)) {
            each.paramTable().forEach((name, weights) -> {
                if (EveryLayer.isWeight(each, name)) {
                    assertTrue(weights.norm2(1).maxNumber().doubleValue() > 0.01, name);
                }
            });
        }
    }
}
