/**
 * The formulas of the library as functions of SameDiff variables.
 * <p>{@link io.github.dl4jsparse.samediff.SparseFunctions} is for networks that are built with SameDiff, and an oracle of the library's tests.
 * <p>Notation: x, z and D as in {@code energy}; E and S are the weights of an encoder as in {@code nn.lista}, theta its thresholds.
 */
@NullMarked
package io.github.dl4jsparse.samediff;

import org.jspecify.annotations.NullMarked;
