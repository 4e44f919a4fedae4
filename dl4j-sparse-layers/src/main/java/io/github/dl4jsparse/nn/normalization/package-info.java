/**
 * Normalisation of codes and of local contrast, with exact gradients.
 * <p>{@link io.github.dl4jsparse.nn.normalization.L2NormalizeLayer} and {@link io.github.dl4jsparse.nn.normalization.LocalContrastLayer}.
 */
package io.github.dl4jsparse.nn.normalization;
