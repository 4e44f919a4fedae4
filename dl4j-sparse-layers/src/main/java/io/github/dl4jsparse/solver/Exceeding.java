package io.github.dl4jsparse.solver;

/** Finds the units whose slope exceeds the weight of an L1 norm: those that are active, or that a step would make so. */
final class Exceeding {
    private Exceeding() {}

    /**
     * In single precision. The loop has no branch: which units exceed can't be predicted.
     *
     * @param slope       Not modified.
     * @param nonNegative whether negative slopes do not count
     * @param found       becomes the numbers of the units; of length one more than the slope
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

    /** The largest slope that counts, at least 0; NaN if one is. */
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
