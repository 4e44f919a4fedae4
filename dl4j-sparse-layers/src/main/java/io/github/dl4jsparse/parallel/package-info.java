/**
 * The number of threads that the library computes with.
 * <p>{@link io.github.dl4jsparse.parallel.SparseThreads} limits it for the process. No result depends on it.
 */
@NullMarked
package io.github.dl4jsparse.parallel;

import org.jspecify.annotations.NullMarked;
