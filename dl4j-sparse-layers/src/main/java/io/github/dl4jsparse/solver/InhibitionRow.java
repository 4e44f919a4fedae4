package io.github.dl4jsparse.solver;

import java.util.Arrays;

/** Coordinate descent with lateral inhibition for one example at a time. */
final class InhibitionRow implements RowSolver {
    private final InhibitionProblem problem;
    private final double tolerance;
    private final double[] code;
    /** {@code c - H z}. */
    private final double[] slope;
    /** {@code sum S_ij |z_j|} over the other units. */
    private final double[] field;

    private final double[] linear;
    private final double[] energies;
    private double squares;
    private double certificate;

    InhibitionRow(InhibitionProblem problem, int maxRounds, double tolerance) {
        this.problem = problem;
        this.tolerance = tolerance;
        code = new double[problem.units];
        slope = new double[problem.units];
        field = new double[problem.units];
        linear = new double[problem.units];
        energies = new double[maxRounds + 1];
    }

    @Override
    public void load(double[] codes, double[] correlations, int index, double squares) {
        int base = index * problem.units;
        System.arraycopy(codes, base, code, 0, problem.units);
        System.arraycopy(correlations, base, linear, 0, problem.units);
        this.squares = squares;
        System.arraycopy(linear, 0, slope, 0, problem.units);
        Arrays.fill(field, 0);
        for (int i = 0; i < problem.units; i++) {
            if (curvature(i) == 0 || (problem.nonNegative && code[i] < 0)) {
                code[i] = 0;
            }
            if (code[i] != 0) {
                problem.subtractRow(i, code[i], slope);
                problem.inhibition.addRow(i, Math.abs(code[i]), field);
            }
        }
    }

    /** The curvature of the energy along one unit. */
    private double curvature(int unit) {
        return problem.gram[unit * problem.units + unit] + problem.scale * problem.inhibition.diagonal(unit);
    }

    @Override
    public void store(double[] codes, int index) {
        System.arraycopy(code, 0, codes, index * problem.units, problem.units);
    }

    @Override
    public int solve() {
        int round = 0;
        while (true) {
            measure(round);
            if (certificate <= tolerance || round == energies.length - 1 || Double.isNaN(certificate)) {
                return round;
            }
            for (int i = 0; i < problem.units; i++) {
                update(i);
            }
            round++;
        }
    }

    /** Minimises the energy over one unit with all others fixed. */
    private void update(int unit) {
        double curvature = curvature(unit);
        if (curvature == 0) {
            return;
        }
        double old = code[unit];
        // without the contribution of the unit itself
        double drive = slope[unit] + problem.gram[unit * problem.units + unit] * old;
        double threshold = problem.scale * field[unit] + problem.lambda[unit];
        double excess = (problem.nonNegative ? drive : Math.abs(drive)) - threshold;
        double next = excess > 0 ? Math.copySign(excess / curvature, drive) : 0;
        if (next != old) {
            code[unit] = next;
            problem.subtractRow(unit, next - old, slope);
            problem.inhibition.addRow(unit, Math.abs(next) - Math.abs(old), field);
        }
    }

    /** Energy, and distance to the sub-differential. */
    private void measure(int round) {
        double energy = squares / 2;
        double distance = 0;
        double size = 0;
        for (int i = 0; i < problem.units; i++) {
            double magnitude = Math.abs(code[i]);
            double others = problem.scale * field[i];
            double own = problem.scale * problem.inhibition.diagonal(i) * magnitude;
            energy += magnitude * ((others + own) / 2 + problem.lambda[i]) - code[i] * (linear[i] + slope[i]) / 2;
            double threshold = others + own + problem.lambda[i];
            double along = problem.nonNegative ? slope[i] : Math.abs(slope[i]);
            double rest = code[i] == 0
                    ? (curvature(i) == 0 ? 0 : Math.max(0, along - threshold))
                    : slope[i] - Math.copySign(threshold, code[i]);
            distance += rest * rest;
            size += linear[i] * linear[i];
        }
        energies[round] = energy;
        certificate = distance == 0 ? 0 : Math.sqrt(distance / size);
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
