/**
 * Pooling over groups of units, and the penalty on pools.
 * <p>{@link io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer} gives the norms of groups, {@link io.github.dl4jsparse.nn.pooling.GroupSparsityLayer} penalises them
 * without a change of the activations.
 * <p>Notation: z are the activations {@code [batch, units]}, {@code G_g} the units of group g, {@code y_g} the pool of the group.
 */
@NullMarked
package io.github.dl4jsparse.nn.pooling;

import org.jspecify.annotations.NullMarked;
