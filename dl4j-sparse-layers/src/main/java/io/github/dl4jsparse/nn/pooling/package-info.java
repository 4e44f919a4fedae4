/**
 * Pooling over groups of units, and the penalty on pools.
 * <p>{@link io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer} gives the norms of groups, {@link io.github.dl4jsparse.nn.pooling.GroupSparsityLayer} penalises them and
 * leaves the activations as they are.
 */
package io.github.dl4jsparse.nn.pooling;
