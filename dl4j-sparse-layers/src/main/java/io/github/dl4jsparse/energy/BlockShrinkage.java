package io.github.dl4jsparse.energy;

/** How a block of units shrinks towards zero by its Euclidean norm. */
final class BlockShrinkage {
    private BlockShrinkage() {}

    /** The soft threshold of one unit, and NaN of NaN. */
    static double soft(double value, double threshold) {
        return Math.max(0, value - threshold) + Math.min(0, value + threshold);
    }

    /** The factor {@code max(0, 1 - threshold / norm)}; 1 for a threshold of 0, and NaN of a NaN. */
    static double factor(double norm, double threshold) {
        if (threshold == 0) {
            return 1;
        }
        return norm <= threshold ? 0 : 1 - threshold / norm;
    }
}
