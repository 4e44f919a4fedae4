package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import java.util.stream.IntStream;

/**
 * Checks of the number of units of a penalty or shrinkage of a {@link ConvolutionalListaLayer}: its maps, or their
 * units at all positions.
 */
final class UnitsOfImages {
    private UnitsOfImages() {}

    /**
     * Refuses a penalty that fits neither the maps nor, once the size of the images is known, all units of an image.
     *
     * @param found units of the penalty; 0 for any number
     */
    static void requirePenalty(ConvolutionalListaLayer layer, long found) {
        long units = layer.getNOut();
        if (layer.getPredictive() != null && found == units) {
            throw Args.failure(
                    "penalty",
                    "for all units of an image, or of any number, where a solver finds the codes",
                    "one for the " + units + " maps at each position");
        }
        if (found == 0 || found == units) {
            return;
        }
        if (layer.isSized()) {
            requireFit(layer, layer.geometry(layer.getImageSize()[0], layer.getImageSize()[1]));
        } else if (found % units != 0) {
            throw Args.failure(
                    "penalty", "for the nOut = " + units + " maps of the layer, or for them at all positions", found);
        }
    }

    /** Refuses a penalty or a shrinkage of all units of an image where images have another number of positions. */
    static void requireFit(ConvolutionalListaLayer layer, ConvolutionGeometry geometry) {
        requireFit("penalty", layer, layer.getPenalty().units(), geometry);
        requireFit("shrinkage", layer, layer.getShrinkage().units(), geometry);
    }

    private static void requireFit(
            String name, ConvolutionalListaLayer layer, long found, ConvolutionGeometry geometry) {
        long units = layer.getNOut();
        long all = units * geometry.positions();
        if (found != 0 && found != units && found != all) {
            throw Args.failure(
                    name,
                    "for the nOut = " + units + " maps of the layer, or for their " + all + " units on "
                            + geometry.outHeight() + " x " + geometry.outWidth() + " positions",
                    found + " units");
        }
    }

    /** The units of the penalty that belong to some maps. */
    static int[] atEveryPlace(ConvolutionalListaLayer layer, int[] maps) {
        int units = Math.toIntExact(layer.getNOut());
        int places = Math.toIntExact(Math.max(1, layer.getPenalty().units() / units));
        return IntStream.range(0, places)
                .flatMap(place -> IntStream.of(maps).map(map -> place * units + map))
                .toArray();
    }
}
