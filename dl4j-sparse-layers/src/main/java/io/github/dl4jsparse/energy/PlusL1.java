package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;

/**
 * The base of sums of an L1 penalty and a penalty on norms of groups.
 * <p>The proximal operator of the sum is that of the groups after that of the L1 norm, which holds where the former only
 * scales units. Reference: Yu, On decomposing the proximal map, NIPS 2013.
 */
interface PlusL1 extends RowPenalty, Grouped {
    L1Penalty l1();

    /** The other term. */
    RowPenalty structured();

    static void checkUnits(L1Penalty l1, RowPenalty structured) {
        long wanted = structured.units();
        if (Args.given("l1", l1).units() > 0 && l1.units() != wanted) {
            throw Args.failure("l1", "for the " + wanted + " units of the groups", "one for " + l1.units());
        }
    }

    @Override
    default long units() {
        return structured().units();
    }

    @Override
    default double valueOf(double[] code) {
        double sum = structured().valueOf(code);
        for (int i = 0; i < code.length; i++) {
            sum += l1().nonNegative() && code[i] < 0
                    ? Double.POSITIVE_INFINITY
                    : l1().weight().of(i) * Math.abs(code[i]);
        }
        return sum;
    }

    @Override
    default void gradientOf(double[] code, double[] gradient) {
        structured().gradientOf(code, gradient);
        for (int i = 0; i < code.length; i++) {
            gradient[i] += l1().weight().of(i) * Math.signum(code[i]);
        }
    }

    @Override
    default void proxOf(double[] code, double step) {
        l1().proxOf(code, step);
        structured().proxOf(code, step);
    }

    @Override
    default double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        double[] between = v.clone();
        l1().proxOf(between, step);
        double ofStructure = structured().proxAdjointOf(between, code, step, gradient);
        return ofStructure + l1().proxAdjointOf(v, between, step, gradient);
    }

    @Override
    default void proxOfKinks(double[] code, double[] point) {
        for (int i = 0; i < code.length; i++) {
            if (code[i] == 0) {
                point[i] = l1().proxOf(i, point[i], 1);
            } else if (l1().nonNegative() && code[i] < 0) {
                point[i] = Double.POSITIVE_INFINITY;
            }
        }
        structured().proxOfKinks(code, point);
    }

    @Override
    default void hessianProductOf(double[] code, double[] direction, double[] result) {
        structured().hessianProductOf(code, direction, result);
    }
}
