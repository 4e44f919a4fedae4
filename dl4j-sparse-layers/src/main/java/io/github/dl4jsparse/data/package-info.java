/**
 * Patches of images, whitening and contrast normalisation, of arrays: nothing here reads a file.
 * <p>{@link io.github.dl4jsparse.data.PatchSampler} draws patches; {@link io.github.dl4jsparse.data.ZcaWhitening}, {@link io.github.dl4jsparse.data.UnitNormScaling} and
 * {@link io.github.dl4jsparse.data.LocalContrastNormalization} implement DL4J's interface of normalisers and are saved with the model. Readers of files and
 * the grid of all patches of an image are in {@code dl4j-sparse-tasks}.
 * <p>Notation: x is an example, a row of {@code [examples, n]}, or an image {@code [channels, height, width]}.
 */
@NullMarked
package io.github.dl4jsparse.data;

import org.jspecify.annotations.NullMarked;
