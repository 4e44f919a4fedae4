package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;

/** What penalties on the weighted Euclidean norms of groups share, whether the groups overlap or not. */
interface GroupNormPenalty extends RowPenalty, Grouped {
    /** Factor of all norms. */
    double weight();

    @Override
    default long units() {
        return groups().units();
    }

    /** The norm of a group: exactly the magnitude where it has one member of weight 1. */
    default double norm(double[] code, int group) {
        Groups groups = groups();
        int start = groups.start(group);
        if (groups.size(group) == 1) {
            return Math.sqrt(groups.weight(start)) * Math.abs(code[groups.member(start)]);
        }
        return Math.sqrt(inner(code, code, group));
    }

    private double inner(double[] a, double[] b, int group) {
        Groups groups = groups();
        double sum = 0;
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            sum += groups.weight(i) * a[groups.member(i)] * b[groups.member(i)];
        }
        return sum;
    }

    private void addScaled(int group, double factor, double[] values, double[] result) {
        Groups groups = groups();
        for (int i = groups.start(group); i < groups.start(group + 1); i++) {
            result[groups.member(i)] += factor * groups.weight(i) * values[groups.member(i)];
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
                double along = inner(code, direction, g) / norm / norm;
                addScaled(g, -weight() / norm * along, code, result);
            }
        }
    }
}
