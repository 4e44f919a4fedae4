/**
 * Structures over the units of a code: groups, spatial windows, trees, inhibition matrices.
 * <p>{@link io.github.dl4jsparse.group.Groups} are lists of units, which may overlap; {@link io.github.dl4jsparse.group.Tree} has a parent for each unit;
 * {@link io.github.dl4jsparse.group.InhibitionMatrix} is S of {@code |z|' S |z|}. All are immutable.
 */
@NullMarked
package io.github.dl4jsparse.group;

import org.jspecify.annotations.NullMarked;
