/**
 * For those who write a layer.
 * <p>{@link io.github.dl4jsparse.nn.spi.SparseLayerConf} and {@link io.github.dl4jsparse.nn.spi.SparseLayer} are the bases of layers with a dictionary, with
 * {@link io.github.dl4jsparse.nn.spi.NamedParamInitializer} for their parameters; {@link io.github.dl4jsparse.nn.spi.ParameterFreeConf} and its
 * {@link io.github.dl4jsparse.nn.spi.ParameterFreeConf.ParameterFreeLayer} those of layers without parameters. A pass that is differentiated is a
 * {@link io.github.dl4jsparse.nn.spi.TrainingPass}; a loss is a sum of {@link io.github.dl4jsparse.nn.spi.LossParts};
 * {@link io.github.dl4jsparse.nn.spi.Prunable} is a configuration from which units and inputs can be removed.
 * <p>Notation: x is the input of the layer, z its code, D the dictionary with an atom in each column, epsilon the gradient of the loss by
 * the layer's output.
 */
@NullMarked
package io.github.dl4jsparse.nn.spi;

import org.jspecify.annotations.NullMarked;
