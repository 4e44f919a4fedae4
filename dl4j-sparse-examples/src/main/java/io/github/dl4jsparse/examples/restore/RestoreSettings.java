package io.github.dl4jsparse.examples.restore;

/**
 * What is done with the images; noise levels in gray values of 255.
 *
 * @param sigma        level of the noise that the images have; NaN if it is estimated
 * @param addedNoise   level of the noise that is added to try the restoration; 0 for none
 * @param removed      share of the pixels that are removed to try the restoration; 0 for none
 * @param restorer     what restores
 */
record RestoreSettings(double sigma, double addedNoise, double removed, String restorer) {
    /** Whether images are degraded, so that the restored ones can be measured. */
    boolean isTrial() {
        return addedNoise > 0 || removed > 0;
    }
}
