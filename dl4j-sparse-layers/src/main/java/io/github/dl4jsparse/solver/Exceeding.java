package io.github.dl4jsparse.solver;

/** Finds the units whose slope exceeds the weight of an L1 norm, which a step from zero would activate. */
final class Exceeding {
    private Exceeding() {}

    /**
     * In single precision. The loop has no branch, as its outcome would be unpredictable.
     *
     * @param slope       Not modified.
     * @param nonNegative whether negative slopes are ignored
     * @param found       overwritten with the indices of the units; of length one more than the slope
     * @return how many
     */
    static int find(float[] slope, double lambda, boolean nonNegative, int[] found) {
        float limit = (float) lambda;
        int count = 0;
        for (int j = 0; j < slope.length; j++) {
            found[count] = j;
            float value = nonNegative ? slope[j] : Math.abs(slope[j]);
            count += value > limit ? 1 : 0;
        }
        return count;
    }

    /** In double precision. */
    static int find(double[] slope, double lambda, boolean nonNegative, int[] found) {
        int count = 0;
        for (int j = 0; j < slope.length; j++) {
            found[count] = j;
            double value = nonNegative ? slope[j] : Math.abs(slope[j]);
            count += value > lambda ? 1 : 0;
        }
        return count;
    }

    /** The largest magnitude of a slope (of a positive one for the non-negative kind), at least 0; NaN if one is. */
    static double largest(double[] slope, boolean nonNegative) {
        double largest = 0;
        for (double signed : slope) {
            double value = nonNegative ? signed : Math.abs(signed);
            if (!(value <= largest)) {
                if (Double.isNaN(value)) {
                    return value;
                }
                largest = value;
            }
        }
        return largest;
    }
}
