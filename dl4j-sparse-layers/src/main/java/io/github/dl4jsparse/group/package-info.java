/**
 * Structures over the units of a code: groups, spatial windows, trees, inhibition matrices.
 * <p>{@link io.github.dl4jsparse.group.Groups} are lists of units, which may overlap; {@link io.github.dl4jsparse.group.Tree} has a parent for each unit;
 * {@link io.github.dl4jsparse.group.InhibitionMatrix} is S of {@code |z|' S |z|}. All are immutable.
 * <p>Notation: n is the number of units, {@code G_g} the units of group g, {@code w_gj} the weight of unit j in it, S a symmetric matrix
 * {@code [n, n]}, entries at least 0.
 */
@NullMarked
package io.github.dl4jsparse.group;

import org.jspecify.annotations.NullMarked;
