/**
 * What every layer with a code offers, whatever its kind.
 * <p>{@link io.github.dl4jsparse.nn.UnsupervisedLayer} encodes, decodes and measures; {@link io.github.dl4jsparse.nn.LossTerms} is a loss as a list of named terms; {@link io.github.dl4jsparse.nn.ChannelOrder} says where a layer of images has its channels.
 * The layers themselves are in the packages below: {@code nn.lista} (unrolled encoders), {@code nn.coding}, {@code nn.pooling}, {@code nn.inhibition},
 * {@code nn.normalization}.
 */
@NullMarked
package io.github.dl4jsparse.nn;

import org.jspecify.annotations.NullMarked;
