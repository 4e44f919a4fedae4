package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.OwnLayerContract;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.shrinkage.ProximalShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.lang.reflect.Field;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The contract of every layer, on a {@link ListaLayer} with each of its five choices other than the default. */
class ListaChoicesTest extends OwnLayerContract {
    private static final Groups BLOCKS = Groups.blocks(4, 2);
    private static final GroupL2Penalty GROUPS = new GroupL2Penalty(0.2, BLOCKS);
    private static final TreePenalty TREE = new TreePenalty(0.1, Tree.ofParents(new int[] {-1, 0, 0, -1}));

    private static LayerVariant variant(
            String name, int iterations, Penalty penalty, UnaryOperator<ListaLayer.Builder> options) {
        return new LayerVariant(
                name,
                weight -> options.apply(new ListaLayer.Builder()
                        .nOut(4)
                        .iterations(iterations)
                        .shrinkage(Shrinkage.SOFT)
                        .penalty(penalty)
                        .unsupervisedWeight(weight)));
    }

    @Override
    public Stream<LayerVariant> variants() {
        L1Penalty l1 = new L1Penalty(0.2);
        return Stream.of(
                variant("soft, K = 1, decoder", 1, l1, b -> b.coupling(Coupling.decoder())),
                variant("soft, K = 3, decoder, thresholds by step size", 3, l1, b -> b.coupling(Coupling.decoder())
                        .thresholds(ThresholdSchedule.byStepSize())),
                variant("soft, K = 3, decoder, FISTA's momentum, gain", 3, l1, b -> b.coupling(Coupling.decoder())
                        .momentum(Momentum.fista())
                        .gain(true)),
                variant("non-negative, K = 3, learned, untied", 3, l1, b -> b.coupling(Coupling.learned())
                        .shrinkage(Shrinkage.NON_NEGATIVE)
                        .untied(true)),
                variant(
                        "soft, K = 3, learned with step sizes, a threshold a step, learned momentum",
                        3,
                        l1,
                        b -> b.coupling(Coupling.learnedWithStepSizes())
                                .thresholds(ThresholdSchedule.perStep())
                                .momentum(Momentum.learned())),
                variant("soft, K = 3, free, learned momentum, thresholds per unit and step", 3, l1, b -> b.momentum(
                                Momentum.learned())
                        .thresholds(ThresholdSchedule.perUnitAndStep())),
                variant("non-negative, K = 3, free, thresholds per unit and step", 3, l1, b -> b.shrinkage(
                                Shrinkage.NON_NEGATIVE)
                        .thresholds(ThresholdSchedule.perUnitAndStep())),
                variant("soft, K = 3, through the decoder, learned momentum, support", 3, l1, b -> b.coupling(
                                Coupling.dictionary())
                        .momentum(Momentum.learned())
                        .support(SupportSelection.count(2, 4, 3))),
                variant("groups, K = 3, decoder", 3, GROUPS, b -> b.coupling(Coupling.decoder())
                        .shrinkage(new GroupShrinkage(BLOCKS))),
                variant("groups, K = 2, free, untied", 2, GROUPS, b -> b.shrinkage(new GroupShrinkage(BLOCKS))
                        .untied(true)),
                variant("prox of groups, K = 2, through the decoder", 2, GROUPS, b -> b.coupling(Coupling.dictionary())
                        .shrinkage(new ProximalShrinkage(GROUPS))),
                variant(
                        "prox of sparse groups, K = 2, learned",
                        2,
                        new SparseGroupPenalty(0.1, 0.1, BLOCKS),
                        b -> b.coupling(Coupling.learned())
                                .shrinkage(new ProximalShrinkage(new SparseGroupPenalty(0.1, 0.1, BLOCKS)))),
                variant("prox of a tree, K = 3, free, FISTA's momentum", 3, TREE, b -> b.shrinkage(
                                new ProximalShrinkage(TREE))
                        .momentum(Momentum.fista())));
    }

    @Override
    public Object otherValue(Field field, Object value) {
        return switch (field.getName()) {
            case "predictive" -> new PredictiveSparseDecomposition(0.3, new CoordinateDescent(7, 0.1));
            case "coupling" -> Coupling.analytic();
            case "momentum" -> value.equals(Momentum.learned()) ? Momentum.none() : Momentum.learned();
            case "thresholds" ->
                value.equals(ThresholdSchedule.perStep()) ? ThresholdSchedule.perUnit() : ThresholdSchedule.perStep();
            default -> super.otherValue(field, value);
        };
    }
}
