package io.github.dl4jsparse.task;

/**
 * An active unit of the code of a piece of an example.
 *
 * @param unit     its position in the code
 * @param activity its value, by which its atom is multiplied in the reconstruction
 */
public record FiredUnit(int unit, double activity) {}
