package io.github.dl4jsparse.examples.compare;

/**
 * A setting that was tried.
 *
 * @param validation right answers on the validation images, in per cent
 */
record Trial(Setting setting, double validation) {}
