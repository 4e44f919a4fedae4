/**
 * Codes by a solver, as a layer.
 * <p>{@link io.github.dl4jsparse.nn.coding.SparseCodingLayer}, whose gradient is implicit.
 * <p>Notation: {@code z* = argmin_z E(x, z)}, with x, z, D as in {@code energy}.
 */
@NullMarked
package io.github.dl4jsparse.nn.coding;

import org.jspecify.annotations.NullMarked;
