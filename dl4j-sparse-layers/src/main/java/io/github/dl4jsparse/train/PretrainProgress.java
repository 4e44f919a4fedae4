package io.github.dl4jsparse.train;

import io.github.dl4jsparse.nn.LossTerms;

/**
 * Where layer-wise pre-training stands.
 *
 * @param layer      name of the layer, its index where it has none
 * @param layerIndex index of the layer in its network
 * @param epoch      the epoch, from 1
 * @param epochs     how many epochs this layer trains at most
 * @param batch      batches of this epoch that are done, -1 on Spark, which does not count them
 * @param batches    batches an epoch, -1 while the first one counts them, and on Spark
 * @param training   mean energy per example over this epoch so far; on Spark the score of the workers' last batches, in one term
 * @param heldOut    mean energy per held-out example after this epoch, null where it was not measured
 */
public record PretrainProgress(
        String layer,
        int layerIndex,
        int epoch,
        int epochs,
        long batch,
        long batches,
        LossTerms training,
        LossTerms heldOut) {}
