package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.LearnedL1Penalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.OwnLayerContract;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.InhibitionCoordinateDescent;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.lang.reflect.Field;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The contract of every layer, on every kind of {@link ListaLayer}. */
class ListaLayerTest extends OwnLayerContract {
    private static final LateralInhibitionPenalty INHIBITION =
            new LateralInhibitionPenalty(0.4, InhibitionMatrix.uniform(4, 0.4), new L1Penalty(0.1));

    private static LayerVariant variant(
            String name, Shrinkage shrinkage, int iterations, UnaryOperator<ListaLayer.Builder> options) {
        return new LayerVariant(
                name,
                weight -> options.apply(new ListaLayer.Builder()
                        .nOut(4)
                        .iterations(iterations)
                        .shrinkage(shrinkage)
                        .initialThreshold(0.1)
                        .penalty(new L1Penalty(0.3))
                        .unsupervisedWeight(weight)));
    }

    @Override
    public Stream<LayerVariant> variants() {
        return Stream.of(
                variant("soft, K = 1", Shrinkage.SOFT, 1, b -> b),
                variant("soft, K = 4", Shrinkage.SOFT, 4, b -> b),
                variant("non-negative, K = 1, gain", Shrinkage.NON_NEGATIVE, 1, b -> b.gain(true)),
                variant("non-negative, K = 4", Shrinkage.NON_NEGATIVE, 4, b -> b.learningRatesByUse(true)),
                variant("soft, K = 3, untied, gain", Shrinkage.SOFT, 3, b -> b.untied(true)
                        .gain(true)),
                variant("non-negative, K = 3, untied", Shrinkage.NON_NEGATIVE, 3, b -> b.untied(true)),
                variant("soft, K = 4, tied decoder", Shrinkage.SOFT, 4, b -> b.tiedDecoder(true)),
                variant("non-negative, K = 1, tied decoder, gain", Shrinkage.NON_NEGATIVE, 1, b -> b.tiedDecoder(true)
                        .gain(true)),
                variant("soft, K = 3, through the decoder", Shrinkage.SOFT, 3, b -> b.coupling(Coupling.dictionary())),
                variant("non-negative, K = 3, through the decoder, untied", Shrinkage.NON_NEGATIVE, 3, b -> b.coupling(
                                Coupling.dictionary())
                        .untied(true)),
                variant("soft, K = 3, through the tied decoder", Shrinkage.SOFT, 3, b -> b.coupling(
                                Coupling.dictionary())
                        .tiedDecoder(true)),
                variant(
                        "soft, K = 2, inhibition",
                        Shrinkage.SOFT,
                        2,
                        b -> b.penalty(new LateralInhibitionPenalty(
                                0.4, InhibitionMatrix.ring(4, 0, 1, 0.8), new L1Penalty(0.1)))),
                variant(
                        "soft, K = 2, weights of an L1 penalty learned by descent",
                        Shrinkage.SOFT,
                        2,
                        b -> b.penalty(new LearnedL1Penalty(4, 0.3, false))),
                variant(
                        "soft, K = 2, inhibition learned by descent",
                        Shrinkage.SOFT,
                        2,
                        b -> b.penalty(INHIBITION.learned(LearnedInhibition.descent(1.2, 0.9)))),
                variant(
                        "non-negative, K = 2, gain, predictive, inhibition learned by descent",
                        Shrinkage.NON_NEGATIVE,
                        2,
                        b -> b.gain(true)
                                .penalty(INHIBITION.learned(LearnedInhibition.descent(1.2, 0.9)))
                                .predictive(new PredictiveSparseDecomposition(
                                        0.8, new InhibitionCoordinateDescent(10_000, 1e-14)))),
                variant("soft, K = 2, gain, predictive", Shrinkage.SOFT, 2, b -> b.gain(true)
                        .predictive(new PredictiveSparseDecomposition(0.8, new CoordinateDescent(1000, 1e-14)))));
    }

    @Override
    public Object otherValue(Field field, Object value) {
        return switch (field.getName()) {
            case "predictive" -> new PredictiveSparseDecomposition(0.3, new CoordinateDescent(7, 0.1));
            default -> super.otherValue(field, value);
        };
    }
}
