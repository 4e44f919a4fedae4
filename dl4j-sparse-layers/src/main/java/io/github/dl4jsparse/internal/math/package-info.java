/**
 * Loops over elements and rows, norms, products into given arrays, projections.
 * <p>The numerical basis of the formulas of other packages. Squares are formed where they can't overflow; arrays are
 * FLOAT or DOUBLE.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.math;
