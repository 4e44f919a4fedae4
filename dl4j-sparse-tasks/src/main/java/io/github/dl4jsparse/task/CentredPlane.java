package io.github.dl4jsparse.task;

/** A plane of gray values without its mean, as encoders are trained and run on. */
final class CentredPlane {
    private CentredPlane() {}

    /**
     * The mean of the pixels that are known.
     *
     * @param known 1 for known pixels, 0 for others; null for all. Not modified.
     * @return 0 where none is known
     */
    static float mean(float[] plane, float[] known) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < plane.length; i++) {
            if (known == null || known[i] > 0) {
                sum += plane[i];
                count++;
            }
        }
        return count == 0 ? 0 : (float) (sum / count);
    }

    /** The plane less a mean, and 0 where pixels are missing; a new array. */
    static float[] of(float[] plane, float[] known, float mean) {
        float[] centred = new float[plane.length];
        for (int i = 0; i < plane.length; i++) {
            centred[i] = known == null || known[i] > 0 ? plane[i] - mean : 0;
        }
        return centred;
    }
}
