/**
 * Solvers of the energy, each with a certificate of its answer.
 * <p>{@link io.github.dl4jsparse.solver.Solvers#bestFor} names the fastest for a penalty;
 * {@link io.github.dl4jsparse.solver.Solution} has the codes and a certificate of their distance from the minimum.
 * <p>Notation: x is an input {@code [batch, nIn]}, z its code {@code [batch, nCode]}, D the dictionary with an atom in each column
 * {@code [nIn, nCode]}.
 */
@NullMarked
package io.github.dl4jsparse.solver;

import org.jspecify.annotations.NullMarked;
