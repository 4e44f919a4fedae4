package io.github.dl4jsparse.task;

/**
 * A unit that takes part in the description of a piece of an example.
 *
 * @param unit     its position in the code
 * @param activity its value; the reconstruction holds its atom so many times
 */
public record FiredUnit(int unit, double activity) {}
