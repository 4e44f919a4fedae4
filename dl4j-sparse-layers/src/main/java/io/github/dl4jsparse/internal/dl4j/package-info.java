/**
 * The adapter to Deeplearning4j 1.0.0-M2.1: what its next release may change is used here, and in the layers' own implementations, whose
 * signatures name DL4J's workspaces and memory reports. {@code PackageOrderTest} holds this.
 * <p>Hidden here, and worked around:
 * <ul>
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.Net}, {@link io.github.dl4jsparse.internal.dl4j.NetVertex}, {@link io.github.dl4jsparse.internal.dl4j.Stage}: stacks and graphs, which
 *       have no common type for vertices, updaters and the input of a layer.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.LayerWrappers}: frozen and time-distributed layers, which have no common way to the layer inside; a
 *       {@code FrozenVertex} has another.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.ParameterLayer}: {@code BaseLayer} reads a flat array of parameters in f order.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.Instantiation}: what DL4J expects of {@code instantiate}, in its order.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.Workspaces}: arrays that outlive a workspace are allocated outside of it.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.LayerTraining}: the updater and workspaces of a layer alone; the updater of DL4J's own solver
 *       has a state that cannot be saved.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.UpdaterStates}: where the state of a parameter is in the updater's flat array, for pruning and revival.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.ChannelMoments}: the parameters in which batch normalisation keeps mean and variance.
 *   <li>{@link io.github.dl4jsparse.internal.dl4j.MemoryReports}: sizes of parameters, state and activations in DL4J's report.
 * </ul>
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.dl4j;
