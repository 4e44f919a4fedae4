package io.github.dl4jsparse.spark;

/**
 * How far the training of one layer without labels is.
 *
 * @param layer  name of the layer in a graph, index in a network
 * @param epoch  that has just ended, from 1
 * @param epochs in all
 * @param score  mean over the workers' last batches: energy for each example, and the regularisation
 */
public record SparkStageProgress(String layer, int epoch, int epochs, double score) {}
