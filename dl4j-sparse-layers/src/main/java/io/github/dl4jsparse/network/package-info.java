/**
 * A network of either of DL4J's kinds, as one type.
 * <p>{@link io.github.dl4jsparse.network.Net} has the vertices in order, the input of a layer, and makes the network again with other layers;
 * {@link io.github.dl4jsparse.network.Stage} is a layer that is trained or measured by itself. Nothing outside asks for the kind of a network.
 */
package io.github.dl4jsparse.network;
