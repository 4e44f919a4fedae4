/**
 * The adapter to Deeplearning4j.
 * <p>{@link io.github.dl4jsparse.internal.dl4j.Net} is a network of either kind, {@link io.github.dl4jsparse.internal.dl4j.Stage} a layer of it that is trained or measured by itself; {@link io.github.dl4jsparse.internal.dl4j.LayerWrappers} finds layers inside of wrappers; {@link io.github.dl4jsparse.internal.dl4j.Workspaces} runs
 * work outside of DL4J's workspaces; {@link io.github.dl4jsparse.internal.dl4j.UpdaterStates} finds a parameter's part of the updater's state.
 * <p>For this library alone: it may change in any version.
 */
package io.github.dl4jsparse.internal.dl4j;
