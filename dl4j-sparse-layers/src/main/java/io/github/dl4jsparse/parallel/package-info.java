/**
 * The threads of the library.
 * <p>{@link io.github.dl4jsparse.parallel.SparseThreads} limits them for the process; {@link io.github.dl4jsparse.parallel.Tasks} runs parts of work side by side;
 * {@link io.github.dl4jsparse.parallel.Blocks} divides a batch by its size alone, so that results are equal to the bit on any number of threads.
 */
package io.github.dl4jsparse.parallel;
