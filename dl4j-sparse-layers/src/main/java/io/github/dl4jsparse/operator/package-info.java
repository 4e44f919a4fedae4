/**
 * Linear maps D with their adjoint D' and their weight gradient.
 * <p>{@link io.github.dl4jsparse.operator.LinearOperator} is the interface of all: {@link io.github.dl4jsparse.operator.DenseOperator} is a matrix;
 * {@link io.github.dl4jsparse.operator.ConvolutionGeometry} makes convolutions and transposed convolutions, whose filters are the same at every
 * position, {@link io.github.dl4jsparse.operator.LocalGeometry} maps with filters of their own at every position; {@link io.github.dl4jsparse.operator.LinearOperator#masked}
 * leaves outputs out that are not known.
 * <p>Notation: x is an input {@code [batch, nIn]}, z its code {@code [batch, nCode]}, D the dictionary with an atom in each column
 * {@code [nIn, nCode]}. Images are {@code [batch, height, width, channels]}.
 */
@NullMarked
package io.github.dl4jsparse.operator;

import org.jspecify.annotations.NullMarked;
