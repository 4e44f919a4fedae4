/**
 * Linear maps D with their adjoint D' and their weight gradient.
 * <p>{@link io.github.dl4jsparse.operator.LinearOperator} is the interface of all:
 * {@link io.github.dl4jsparse.operator.DenseOperator} a matrix,
 * {@link io.github.dl4jsparse.operator.ConvolutionOperator} shared filters,
 * {@link io.github.dl4jsparse.operator.LocallyConnectedOperator} a filter for each unit of a map,
 * {@link io.github.dl4jsparse.operator.MaskedOperator} one with some inputs missing.
 * <p>Notation: x is an input {@code [batch, nIn]}, z its code {@code [batch, nCode]}, D the dictionary with an atom in each column
 * {@code [nIn, nCode]}.
 */
@NullMarked
package io.github.dl4jsparse.operator;

import org.jspecify.annotations.NullMarked;
