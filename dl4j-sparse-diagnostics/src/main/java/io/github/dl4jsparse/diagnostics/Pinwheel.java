package io.github.dl4jsparse.diagnostics;

/**
 * A point of a map about which every orientation occurs.
 *
 * @param y    the row, between those of the units around it
 * @param x    the column, between those of the units around it
 * @param sign +1 where orientations turn with a walk around the point, -1 where they turn against it; a mirror image keeps
 *             the sign
 */
public record Pinwheel(double y, double x, int sign) {}
