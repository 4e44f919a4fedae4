/**
 * The number of threads that the library computes with: {@link io.github.dl4jsparse.parallel.SparseThreads} limits them for the process.
 */
@NullMarked
package io.github.dl4jsparse.parallel;

import org.jspecify.annotations.NullMarked;
