/**
 * Constraints that are applied after every update.
 * <p>{@link io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint} bounds rows or columns; DL4J applies it in {@code fit()} as in pre-training.
 */
@NullMarked
package io.github.dl4jsparse.nn.constraint;

import org.jspecify.annotations.NullMarked;
