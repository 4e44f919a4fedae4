/**
 * Common parts of penalties, shrinkages and constraints: the shrinkage of a block, the limits of an inhibition matrix.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.energy;
