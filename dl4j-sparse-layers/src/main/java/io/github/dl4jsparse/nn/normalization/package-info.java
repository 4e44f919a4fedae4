/**
 * Normalisation of codes and of local contrast, with exact gradients.
 * <p>{@link io.github.dl4jsparse.nn.normalization.L2NormalizeLayer} divides by the norm, {@link io.github.dl4jsparse.nn.normalization.LocalContrastLayer} by the local
 * standard deviation after it has subtracted the local mean.
 * <p>Notation: x is the input {@code [batch, n]} or {@code [batch, channels, height, width]}, y the output of the same shape.
 */
@NullMarked
package io.github.dl4jsparse.nn.normalization;

import org.jspecify.annotations.NullMarked;
