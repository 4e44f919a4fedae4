package io.github.dl4jsparse.solver;

import java.util.Arrays;

/** Coordinate descent for one example at a time, with arrays that are reused from example to example. */
final class BlockRow implements RowSolver {
    /** Blocks that join the active set in the first round; later rounds may double it. */
    private static final int FIRST_BLOCKS = 32;

    private final BlockProblem problem;
    private final ActiveSet active;
    private final double tolerance;
    private final double[] code;
    private final double[] linear;
    private final double[] slope;
    private final double[] violation;
    private final double[] buffer;
    private final double[] energies;
    private double squares;
    private double certificate;

    BlockRow(BlockProblem problem, int maxRounds, double tolerance) {
        this.problem = problem;
        this.tolerance = tolerance;
        active = new ActiveSet(problem);
        code = new double[problem.units];
        linear = new double[problem.units];
        slope = new double[problem.units];
        violation = new double[problem.blocks];
        buffer = new double[problem.units];
        energies = new double[maxRounds + 1];
    }

    /** Takes a row, with the units put block by block. */
    @Override
    public void load(double[] codes, double[] correlations, int index, double squares) {
        int base = index * problem.units;
        for (int i = 0; i < problem.units; i++) {
            code[i] = codes[base + problem.members[i]];
            linear[i] = correlations[base + problem.members[i]];
        }
        this.squares = squares;
        active.clear();
        for (int b = 0; b < problem.blocks; b++) {
            if (problem.curvature[b] == 0) {
                Arrays.fill(code, problem.starts[b], problem.starts[b + 1], 0);
            } else if (isActive(b)) {
                active.add(b);
            }
        }
    }

    @Override
    public void store(double[] codes, int index) {
        int base = index * problem.units;
        for (int i = 0; i < problem.units; i++) {
            codes[base + problem.members[i]] = code[i];
        }
    }

    @Override
    public int solve() {
        int maxRounds = energies.length - 1;
        double innerTolerance = 0.3 * tolerance;
        int round = 0;
        while (true) {
            active.refreshSlope(code, linear, slope);
            int violators = measure(round);
            if (certificate <= tolerance || round == maxRounds) {
                return round;
            }
            if (violators == 0) {
                innerTolerance *= 0.1;
            } else {
                addWorst(Math.min(violators, Math.max(FIRST_BLOCKS, active.count())));
            }
            round++;
            active.solve(code, slope, innerTolerance * energies[round - 1]);
        }
    }

    @Override
    public double certificate() {
        return certificate;
    }

    @Override
    public double energy(int round) {
        return energies[round];
    }

    private boolean isActive(int block) {
        for (int i = problem.starts[block]; i < problem.starts[block + 1]; i++) {
            if (code[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Energy and certificate at the current code, and the violation of blocks outside of the active set: their number. */
    private int measure(int round) {
        double onLinear = 0;
        double onSlope = 0;
        for (int i = 0; i < code.length; i++) {
            onLinear += code[i] * linear[i];
            onSlope += code[i] * slope[i];
        }
        double penalty = 0;
        double dualNorm = 0;
        double residualStep = 0;
        double scale = 0;
        int violators = 0;
        for (int b = 0; b < problem.blocks; b++) {
            int start = problem.starts[b];
            int size = problem.size(b);
            double norm = problem.penalty.blockDualNorm(b, slope, start, size);
            dualNorm = norm > dualNorm || Double.isNaN(norm) ? norm : dualNorm;
            violation[b] = 0;
            if (active.contains(b)) {
                penalty += problem.penalty.blockValue(b, code, start, size);
            }
            if (Double.isNaN(norm) || norm > 1) {
                double moved = moved(b, start, size);
                residualStep += moved * moved;
                if (!active.contains(b) && problem.curvature[b] > 0 && moved > 0) {
                    violation[b] = moved;
                    violators++;
                }
            }
        }
        for (double value : linear) {
            scale += value * value;
        }
        double residual = Math.max(0, squares - onLinear - onSlope);
        energies[round] = residual / 2 + penalty;
        certificate = Double.isNaN(dualNorm)
                ? (residualStep == 0 ? 0 : Math.sqrt(residualStep / scale))
                : Certifier.relativeGap(residual, onSlope, penalty, dualNorm);
        return violators;
    }

    /** How far the prox of step 1 moves a block: 0 exactly where it is optimal. */
    private double moved(int block, int start, int size) {
        for (int i = 0; i < size; i++) {
            buffer[i] = code[start + i] + slope[start + i];
        }
        problem.penalty.proxBlock(block, buffer, 0, size, 1);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double difference = buffer[i] - code[start + i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** Adds the {@code wanted} blocks of greatest violation. */
    private void addWorst(int wanted) {
        double threshold = wanted < problem.blocks ? Selection.greatest(violation, wanted) : 0;
        for (int b = 0; b < problem.blocks; b++) {
            if (violation[b] > 0 && violation[b] >= threshold) {
                active.add(b);
            }
        }
    }
}
