/**
 * Unrolled encoders: dense, convolutional, locally connected.
 * <p>\[ v = z_k + \beta_k (z_k - z_{k-1}), \qquad u = v + \gamma_k C^{\top} (x - D v) \;\text{ or }\; E x + S v, \qquad z_{k+1} =
 * \eta(u, \theta_k) \]
 * The layer is {@link io.github.dl4jsparse.nn.lista.ListaLayer}, {@link io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer} or
 * {@link io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer}; its choices are {@link io.github.dl4jsparse.nn.lista.Coupling} (C, E, S),
 * {@link io.github.dl4jsparse.nn.lista.Momentum} (beta), {@link io.github.dl4jsparse.nn.lista.ThresholdSchedule} (theta),
 * {@link io.github.dl4jsparse.nn.lista.SupportSelection} and a shrinkage (eta).
 */
@NullMarked
package io.github.dl4jsparse.nn.lista;

import org.jspecify.annotations.NullMarked;
