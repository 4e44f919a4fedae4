/**
 * The formulas of the library as functions of SameDiff variables.
 * <p>{@link io.github.dl4jsparse.samediff.SparseFunctions} is for networks that are built with SameDiff, and an oracle of the library's tests.
 */
@NullMarked
package io.github.dl4jsparse.samediff;

import org.jspecify.annotations.NullMarked;
