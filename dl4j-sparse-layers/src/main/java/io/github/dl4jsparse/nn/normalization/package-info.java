/**
 * Normalisation of codes and of local contrast, with exact gradients.
 * <p>{@link io.github.dl4jsparse.nn.normalization.L2NormalizeLayer} and {@link io.github.dl4jsparse.nn.normalization.LocalContrastLayer}.
 */
@NullMarked
package io.github.dl4jsparse.nn.normalization;

import org.jspecify.annotations.NullMarked;
