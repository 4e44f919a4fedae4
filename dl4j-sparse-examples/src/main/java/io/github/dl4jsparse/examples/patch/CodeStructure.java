package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.shrinkage.ProximalShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.solver.Solvers;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the units of a code belong together: what the penalty favours, what is measured, and how the filters are laid out.
 * <p>Dictionaries are {@code [pixels, units]}; they are not modified.
 */
public sealed interface CodeStructure permits IndependentUnits, UnitGroups, UnitMap, UnitTree {
    /** The penalty for training, {@code lambda} times the structure's norm. */
    Proximal penalty(double lambda);

    /** The solver for training, as exact as learning needs. */
    default Solver solver() {
        return Solvers.bestFor(penalty(1), 1000, 1e-3);
    }

    /** The penalty for measuring; the same norm, with the tightest proximal operator. */
    default Proximal exactPenalty(double lambda) {
        return penalty(lambda);
    }

    /** The solver for measuring. */
    default Solver exactSolver() {
        return Solvers.bestFor(exactPenalty(1), 1000, 1e-4);
    }

    /** What an encoder shrinks with, so that it has the penalty's zeros. */
    default Shrinkage shrinkage(double lambda) {
        return new ProximalShrinkage(penalty(lambda));
    }

    /** The groups whose norms the penalty adds up. */
    Groups groups();

    /** How much more alike related filters are than any two; empty where no filters are related. */
    Optional<NeighbourSimilarity> similarity(INDArray dictionary, long seed);

    /** How many units are active while their parent is not; empty where no unit has a parent. */
    default Optional<Integer> orphans(INDArray codes) {
        return Optional.empty();
    }

    /** Draws filters of {@code side x side} pixels in the order of the structure. */
    BufferedImage draw(INDArray dictionary, CodeStatistics usage, int side);

    /** What that order is, in a few words. */
    String order();
}
