/**
 * Codes by a solver, as a layer.
 * <p>{@link io.github.dl4jsparse.nn.coding.SparseCodingLayer}, whose gradient is implicit.
 */
@NullMarked
package io.github.dl4jsparse.nn.coding;

import org.jspecify.annotations.NullMarked;
