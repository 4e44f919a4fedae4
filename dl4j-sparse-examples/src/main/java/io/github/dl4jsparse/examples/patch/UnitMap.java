package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.solver.Solvers;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A square map of units without borders, under the sum of the norms of overlapping windows: neighbours are active together.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 *
 * @param units the square of a side of at least {@value #WINDOW}
 */
public record UnitMap(int units) implements CodeStructure {
    private static final int WINDOW = 3;
    /** Of the duality gap of the proximal operator: in training one of many steps, in measuring a part of the certificate. */
    private static final double LOOSE = 0.1;

    private static final double TIGHT = 1e-7;

    /** @throws IllegalArgumentException if the units make no square */
    public UnitMap {
        int side = side(units);
        if (side < WINDOW || side * side != units) {
            throw Args.failure(
                    "--units", "the square of a number from " + WINDOW + " on for --penalty topographic", units);
        }
    }

    private static int side(int units) {
        return (int) Math.round(Math.sqrt(Math.max(0, units)));
    }

    @Override
    public Proximal penalty(double lambda) {
        return new OverlappingGroupPenalty(lambda, groups(), LOOSE);
    }

    @Override
    public Proximal exactPenalty(double lambda) {
        return new OverlappingGroupPenalty(lambda, groups(), TIGHT);
    }

    /** Stops far from the minimum: an update of the dictionary needs its direction only. */
    @Override
    public Solver solver() {
        return Solvers.bestFor(penalty(1), 20, 1e-2);
    }

    @Override
    public Solver exactSolver() {
        return Solvers.bestFor(exactPenalty(1), 400, 1e-1);
    }

    @Override
    public Groups groups() {
        return Groups.torus(side(units), side(units), Window.of(WINDOW));
    }

    @Override
    public Optional<NeighbourSimilarity> similarity(INDArray dictionary, long seed) {
        return Optional.of(NeighbourSimilarity.torus(
                dictionary, side(units), side(units), NeighbourSimilarity.PERMUTATIONS, seed));
    }

    @Override
    public BufferedImage draw(INDArray dictionary, CodeStatistics usage, int side) {
        return new FilterSheet(side, side, side(units), FilterZoom.of(side)).draw(dictionary);
    }

    @Override
    public String order() {
        return "the map; opposite borders meet";
    }
}
