package io.github.dl4jsparse.nn.coding;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.OwnLayerContract;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.InhibitionCoordinateDescent;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.lang.reflect.Field;
import java.util.stream.Stream;

/** The contract of every layer, on {@link SparseCodingLayer} with every kind of penalty. */
class SparseCodingLayerTest extends OwnLayerContract {
    /** Finite differences need the minimiser to more digits than they have themselves. */
    private static final double EXACT = 1e-14;

    private static LayerVariant variant(String name, Penalty penalty, Solver solver) {
        return new LayerVariant(name, weight -> new SparseCodingLayer.Builder()
                .nOut(4)
                .penalty(penalty)
                .solver(solver)
                .unsupervisedWeight(weight));
    }

    @Override
    public Stream<LayerVariant> variants() {
        return Stream.of(
                variant("L1, coordinate descent", new L1Penalty(0.1), new CoordinateDescent(1000, EXACT)),
                variant(
                        "non-negative L1, coordinate descent",
                        new L1Penalty(0.1).asNonNegative(),
                        new CoordinateDescent(1000, EXACT)),
                variant(
                        "groups, coordinate descent",
                        new GroupL2Penalty(0.1, Groups.blocks(4, 2)),
                        new CoordinateDescent(1000, EXACT)),
                variant(
                        "inhibition, coordinate descent",
                        new LateralInhibitionPenalty(
                                0.2, InhibitionMatrix.ring(4, 0, 1, 0.8).withDiagonal(0.1), new L1Penalty(0.05)),
                        new InhibitionCoordinateDescent(10_000, EXACT)),
                variant("tree, FISTA", new TreePenalty(0.12, Tree.branching(3)), new Fista(1000, 3e-15)));
    }

    @Override
    public Object otherValue(Field field, Object value) {
        return switch (field.getName()) {
            case "solver" -> new Fista(7, 0.5);
            default -> super.otherValue(field, value);
        };
    }
}
