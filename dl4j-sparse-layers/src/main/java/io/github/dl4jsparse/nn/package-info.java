/**
 * The interfaces of all layers with a code.
 * <p>{@link io.github.dl4jsparse.nn.UnsupervisedLayer} encodes, decodes and measures; {@link io.github.dl4jsparse.nn.LossTerms} is a loss as a list of named terms;
 * {@link io.github.dl4jsparse.nn.ChannelOrder} is the position of the channel axis in a layer of images. The layers
 * themselves are in the packages below: {@code nn.lista} (unrolled encoders), {@code nn.coding} (codes by a solver),
 * {@code nn.pooling}, {@code nn.inhibition}, {@code nn.normalization}; constraints on their parameters in
 * {@code nn.constraint}. To write a layer, start at {@code nn.spi}.
 * <p>Notation: x is the input of a layer {@code [batch, nIn]} or {@code [batch, channels, height, width]}, z its code, D its dictionary.
 */
@NullMarked
package io.github.dl4jsparse.nn;

import org.jspecify.annotations.NullMarked;
