package io.github.dl4jsparse.examples.run;

/**
 * A run that is over.
 *
 * @param seconds wall time of training and measuring
 */
record FinishedRun(long seed, Result result, double seconds) {}
