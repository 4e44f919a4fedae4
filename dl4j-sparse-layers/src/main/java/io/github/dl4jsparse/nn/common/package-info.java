/**
 * What every layer shares with DL4J: configuration, parameters, loss, masks, error texts.
 * <p>For those who write a layer. {@link io.github.dl4jsparse.nn.common.SparseLayerConf} and {@link io.github.dl4jsparse.nn.common.SparseLayer} are the bases of layers with
 * a dictionary, {@link io.github.dl4jsparse.nn.common.ParameterFreeConf} of those without parameters. Users need
 * {@link io.github.dl4jsparse.nn.common.UnsupervisedLayer}, which encodes, decodes and measures, and {@link io.github.dl4jsparse.nn.common.LossTerms}.
 */
package io.github.dl4jsparse.nn.common;
