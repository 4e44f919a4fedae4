package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.Norms;

/** The base of penalties on weighted Euclidean norms of groups, overlapping or not. */
interface GroupNormPenalty extends RowPenalty, Grouped {
    /** Factor of all norms. */
    double weight();

    @Override
    default long units() {
        return groups().units();
    }

    /** The norm of a group: for one member of weight 1 exactly its magnitude. */
    default double norm(double[] code, int group) {
        Groups groups = groups();
        int start = groups.start(group);
        if (groups.size(group) == 1) {
            return Math.sqrt(groups.weight(start)) * Math.abs(code[groups.member(start)]);
        }
        double fast = Math.sqrt(inner(code, code, group, 1));
        if (fast > 1e-140 && fast < 1e150) {
            return fast;
        }
        double[] members = new double[groups.size(group)];
        for (int i = 0; i < members.length; i++) {
            members[i] = Math.sqrt(groups.weight(start + i)) * code[groups.member(start + i)];
        }
        return Norms.of(members, 0, members.length);
    }

    /** The inner product of a divided by a norm, and b. */
    private double inner(double[] a, double[] b, int group, double norm) {
        Groups groups = groups();
        double sum = 0;
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            sum += groups.weight(i) * (a[groups.member(i)] / norm) * b[groups.member(i)];
        }
        return sum;
    }

    private void addScaled(int group, double factor, double[] values, double[] result) {
        Groups groups = groups();
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            result[groups.member(i)] += factor * groups.weight(i) * values[groups.member(i)];
        }
    }

    /**
     * Subtracts a part along the unit vector of a group: the square of the norm may over- or underflow in double
     * precision.
     */
    private void subtractAlong(int group, double norm, double[] code, double factor, double[] result) {
        Groups groups = groups();
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            result[groups.member(i)] -= factor * groups.weight(i) * (code[groups.member(i)] / norm);
        }
    }

    @Override
    default double valueOf(double[] code) {
        double sum = 0;
        for (int g = 0; g < groups().count(); g++) {
            sum += norm(code, g);
        }
        return weight() * sum;
    }

    @Override
    default void gradientOf(double[] code, double[] gradient) {
        for (int g = 0; g < groups().count(); g++) {
            double norm = norm(code, g);
            if (norm > 0) {
                addScaled(g, weight() / norm, code, gradient);
            }
        }
    }

    @Override
    default void hessianProductOf(double[] code, double[] direction, double[] result) {
        for (int g = 0; g < groups().count(); g++) {
            double norm = norm(code, g);
            if (norm > 0) {
                addScaled(g, weight() / norm, direction, result);
                subtractAlong(g, norm, code, weight() / norm * inner(code, direction, g, norm), result);
            }
        }
    }
}
