package io.github.dl4jsparse.solver;

import java.util.Arrays;

/** Coordinate descent for one example at a time, with arrays that are reused from example to example. */
final class BlockRow implements RowSolver {
    /** Units that are added to the active set in the first round; later rounds may double it. */
    private static final int FIRST_UNITS = 24;
    /** The decrease of a pass at which a round ends, relative to the tolerance. */
    private static final double INNER = 0.1;
    /** The smallest tolerance at which slopes in single precision select the units. */
    private static final double ROUGH_TOLERANCE = 1e-4;
    /** The largest dual norm of c at which they do: above it, rounding of c would be as large as the weight. */
    private static final double ROUGH_NORM = 1e4;

    private final BlockProblem problem;
    private final ActiveSet active;
    private final Optimality optimality;
    private final FullSlope slope;
    private final double tolerance;
    private final double[] linear;
    private final double[] start;
    private final int maxRounds;
    private double[] energies = new double[16];
    private boolean startsAtZero;
    private double squares;
    private double certificate;

    BlockRow(BlockProblem problem, int maxRounds, double tolerance) {
        this.problem = problem;
        this.maxRounds = maxRounds;
        this.tolerance = tolerance;
        linear = new double[problem.units];
        start = new double[problem.units];
        active = new ActiveSet(problem);
        slope = new FullSlope(problem, linear);
        optimality = new Optimality(problem, active, slope);
    }

    /** Loads a row, with its units in the order of the blocks. */
    @Override
    public void load(double[] codes, double[] correlations, int index, double squares) {
        int base = index * problem.units;
        this.squares = squares;
        active.clear();
        problem.order(correlations, base, linear);
        startsAtZero = codes == null;
        if (codes == null) {
            return;
        }
        problem.order(codes, base, start);
        for (int b = 0; b < problem.blocks; b++) {
            if (problem.curvature[b] > 0 && isActive(b)) {
                active.add(b, linear, start);
            }
        }
    }

    private boolean isActive(int block) {
        for (int i = problem.starts[block]; i < problem.starts[block + 1]; i++) {
            if (start[i] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void store(double[] codes, int index) {
        int base = index * problem.units;
        Arrays.fill(codes, base, base + problem.units, 0);
        active.copyCode(codes, base);
    }

    @Override
    public int solve() {
        double inner = INNER * tolerance;
        slope.start(startsAtZero && tolerance >= ROUGH_TOLERANCE);
        int round = 0;
        while (true) {
            slope.refresh(active);
            int violators = measure(round);
            if (slope.isRough() && (violators == 0 || isLast(round) || !(optimality.dualNorm() <= ROUGH_NORM))) {
                slope.refine(active);
                violators = measure(round);
            }
            if (isLast(round)) {
                return round;
            }
            if (violators == 0) {
                inner *= 0.1;
            } else {
                optimality.addWorst(wanted(), linear);
            }
            round++;
            active.solve(inner * energies[round - 1]);
        }
    }

    private boolean isLast(int round) {
        return certificate <= tolerance || round == maxRounds;
    }

    private int wanted() {
        int sizeOfBlocks = problem.units / problem.blocks;
        return Math.max(FIRST_UNITS / sizeOfBlocks, Math.max(1, active.count()));
    }

    /** Energy and certificate at the current code; the number of blocks outside of the active set that violate optimality. */
    private int measure(int round) {
        if (round == energies.length) {
            energies = Arrays.copyOf(energies, 2 * round);
        }
        int violators = optimality.measure(squares);
        energies[round] = optimality.energy();
        certificate = optimality.certificate();
        return violators;
    }

    @Override
    public double certificate() {
        return certificate;
    }

    @Override
    public double energy(int round) {
        return energies[round];
    }
}
