/**
 * Patches of images, whitening and contrast normalisation of arrays.
 * <p>{@link io.github.dl4jsparse.data.PatchSampler} draws patches;
 * normalisers implement DL4J's interface and are saved with the model.
 */
@NullMarked
package io.github.dl4jsparse.data;

import org.jspecify.annotations.NullMarked;
