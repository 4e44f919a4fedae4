/**
 * Constraints on parameters, applied after every update.
 * <p>{@link io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint} bounds rows or columns, {@link io.github.dl4jsparse.nn.constraint.InhibitionConstraint} keeps an
 * inhibition matrix within its limits; DL4J applies them in {@code fit()} as in pre-training.
 * <p>Notation: d is an atom, a row or column of a parameter, c its largest norm; S is an inhibition matrix.
 */
@NullMarked
package io.github.dl4jsparse.nn.constraint;

import org.jspecify.annotations.NullMarked;
