/**
 * Common parts of the layers: error texts, masks, time steps, start values, and the watch that warns while a layer is
 * trained.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.nn;
