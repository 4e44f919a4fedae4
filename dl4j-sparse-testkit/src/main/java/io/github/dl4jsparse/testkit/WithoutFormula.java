package io.github.dl4jsparse.testkit;

import io.github.dl4jsparse.energy.RowPenalty;

/**
 * A penalty whose derivative of the proximal operator is computed by conjugate gradients, even if it has a formula.
 *
 * @param penalty that computes all else
 */
record WithoutFormula(RowPenalty penalty) implements RowPenalty {
    private static final long serialVersionUID = 1;

    @Override
    public double valueOf(double[] code) {
        return penalty.valueOf(code);
    }

    @Override
    public void gradientOf(double[] code, double[] gradient) {
        penalty.gradientOf(code, gradient);
    }

    @Override
    public void proxOf(double[] code, double step) {
        penalty.proxOf(code, step);
    }

    @Override
    public void proxOfKinks(double[] code, double[] point) {
        penalty.proxOfKinks(code, point);
    }

    @Override
    public void hessianProductOf(double[] code, double[] direction, double[] result) {
        penalty.hessianProductOf(code, direction, result);
    }
}
