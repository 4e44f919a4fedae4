package io.github.dl4jsparse.diagnostics;

/**
 * A point of a map about which every orientation occurs.
 *
 * @param y    the row, between those of the units around it
 * @param x    the column, between those of the units around it
 * @param sign +1 where orientations rotate in the direction of a path around the point, -1 where they rotate against
 *      it; a mirror image has the same sign
 */
public record Pinwheel(double y, double x, int sign) {}
