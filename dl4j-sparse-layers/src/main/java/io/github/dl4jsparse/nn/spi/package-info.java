/**
 * For those who write a layer.
 * <p>{@link io.github.dl4jsparse.nn.spi.SparseLayerConf} and {@link io.github.dl4jsparse.nn.spi.SparseLayer} are the bases of layers with a dictionary, with {@link io.github.dl4jsparse.nn.spi.NamedParamInitializer} for their parameters; {@link io.github.dl4jsparse.nn.spi.ParameterFreeConf} and {@link io.github.dl4jsparse.nn.spi.ParameterFreeConf.ParameterFreeLayer} of those without parameters. A pass that
 * is differentiated is a {@link io.github.dl4jsparse.nn.spi.TrainingPass}; a loss is a sum of {@link io.github.dl4jsparse.nn.spi.LossParts}; {@link io.github.dl4jsparse.nn.spi.Prunable} says what can be removed from a layer with its units.
 */
@NullMarked
package io.github.dl4jsparse.nn.spi;

import org.jspecify.annotations.NullMarked;
