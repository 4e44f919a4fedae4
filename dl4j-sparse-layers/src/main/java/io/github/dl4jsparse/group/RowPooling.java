package io.github.dl4jsparse.group;

import java.util.Arrays;

/**
 * The weighted sums of groups for one code in a Java array, and their adjoint.
 * <p>Arrays hold codes one after the other: a code begins at an index of its array. They may be used by several threads at once.
 */
interface RowPooling {
    /** Overwrites the elements of the groups, from {@code t} on, by sums over the units from {@code f} on. */
    void pool(double[] from, int f, double[] to, int t);

    /** Overwrites the elements of the units, from {@code t} on, by sums over the groups from {@code f} on. */
    void poolAdjoint(double[] from, int f, double[] to, int t);

    /** The fastest algorithm for a kind of groups. */
    static RowPooling of(Groups groups) {
        int size = groups.blockSize();
        if (size > 0) {
            return new OfBlocks(groups.count(), size);
        }
        GroupOrigin origin = groups.origin();
        if (origin == null) {
            return new OfLists(groups.units(), groups.offsets(), groups.members(), groups.weights());
        }
        return origin.isProduct()
                ? new OfProduct(origin.first(), origin.second())
                : new OfRenumbered(origin.first(), origin.numbers());
    }

    /** Blocks of consecutive units. */
    record OfBlocks(int count, int size) implements RowPooling {
        @Override
        public void pool(double[] from, int f, double[] to, int t) {
            int next = f;
            for (int g = 0; g < count; g++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += from[next++];
                }
                to[t + g] = sum;
            }
        }

        @Override
        public void poolAdjoint(double[] from, int f, double[] to, int t) {
            for (int g = 0; g < count; g++) {
                Arrays.fill(to, t + g * size, t + (g + 1) * size, from[f + g]);
            }
        }
    }

    /** Loops over the members. */
    final class OfLists implements RowPooling {
        private final int units;
        private final int[] offsets;
        private final int[] members;
        private final double[] weights;

        OfLists(int units, int[] offsets, int[] members, double[] weights) {
            this.units = units;
            this.offsets = offsets;
            this.members = members;
            this.weights = weights;
        }

        @Override
        public void pool(double[] from, int f, double[] to, int t) {
            for (int g = 0; g + 1 < offsets.length; g++) {
                double sum = 0;
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    sum += weights[i] * from[f + members[i]];
                }
                to[t + g] = sum;
            }
        }

        @Override
        public void poolAdjoint(double[] from, int f, double[] to, int t) {
            Arrays.fill(to, t, t + units, 0);
            for (int g = 0; g + 1 < offsets.length; g++) {
                double value = from[f + g];
                for (int i = offsets[g]; i < offsets[g + 1]; i++) {
                    to[t + members[i]] += weights[i] * value;
                }
            }
        }
    }

    /** Separable: the groups over columns for each row, then those over rows for all columns together. */
    record OfProduct(Groups rows, Groups columns) implements RowPooling {
        @Override
        public void pool(double[] from, int f, double[] to, int t) {
            int width = columns.count();
            double[] half = new double[rows.units() * width];
            for (int r = 0; r < rows.units(); r++) {
                columns.pool(from, f + r * columns.units(), half, r * width);
            }
            Arrays.fill(to, t, t + rows.count() * width, 0);
            for (int g = 0; g < rows.count(); g++) {
                for (int i = rows.start(g); i < rows.start(g + 1); i++) {
                    add(rows.weight(i), half, rows.member(i) * width, to, t + g * width, width);
                }
            }
        }

        @Override
        public void poolAdjoint(double[] from, int f, double[] to, int t) {
            int width = columns.count();
            double[] half = new double[rows.units() * width];
            for (int g = 0; g < rows.count(); g++) {
                for (int i = rows.start(g); i < rows.start(g + 1); i++) {
                    add(rows.weight(i), from, f + g * width, half, rows.member(i) * width, width);
                }
            }
            for (int r = 0; r < rows.units(); r++) {
                columns.poolAdjoint(half, r * width, to, t + r * columns.units());
            }
        }

        private static void add(double weight, double[] from, int f, double[] to, int t, int n) {
            for (int i = 0; i < n; i++) {
                to[t + i] += weight * from[f + i];
            }
        }
    }

    /** Permutes the units before or after. */
    record OfRenumbered(Groups groups, int[] numbers) implements RowPooling {
        @Override
        public void pool(double[] from, int f, double[] to, int t) {
            double[] moved = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                moved[i] = from[f + numbers[i]];
            }
            groups.pool(moved, 0, to, t);
        }

        @Override
        public void poolAdjoint(double[] from, int f, double[] to, int t) {
            double[] moved = new double[numbers.length];
            groups.poolAdjoint(from, f, moved, 0);
            for (int i = 0; i < numbers.length; i++) {
                to[t + numbers[i]] = moved[i];
            }
        }
    }
}
