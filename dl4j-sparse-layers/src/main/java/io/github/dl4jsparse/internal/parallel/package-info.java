/**
 * Parallel work.
 * <p>{@link io.github.dl4jsparse.internal.parallel.Tasks} runs parts of work side by side; {@link io.github.dl4jsparse.internal.parallel.Blocks}
 * divides a batch by its size alone, so that results are equal to the bit on any number of threads.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.parallel;
