package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * The maps of images as flattened inputs of a dense layer, for pruning of maps: gives the inputs that are kept.
 *
 * @param flattening DL4J's preprocessor between the two. Not modified.
 */
record FlattenedMaps(CnnToFeedForwardPreProcessor flattening) {
    /**
     * The maps that a layer above removed units flattens.
     *
     * @param name of the layer, for messages
     * @throws IllegalArgumentException if it has another preprocessor
     */
    static FlattenedMaps of(InputPreProcessor preprocessor, String name) {
        if (preprocessor.getClass() != CnnToFeedForwardPreProcessor.class) {
            throw Args.failure(
                    "layer \"" + name + "\" above the removed units",
                    "without an input preprocessor but one that flattens maps",
                    preprocessor.getClass().getSimpleName());
        }
        return new FlattenedMaps((CnnToFeedForwardPreProcessor) preprocessor);
    }

    /** The flattening of some of the maps: a new one. */
    InputPreProcessor restrictedTo(int[] maps) {
        CnnToFeedForwardPreProcessor smaller = flattening.clone();
        smaller.setNumChannels(maps.length);
        return smaller;
    }

    /**
     * The inputs of some maps.
     *
     * @param maps in ascending order. Not modified.
     * @return in ascending order
     */
    int[] inputs(int[] maps) {
        int places = Math.toIntExact(flattening.getInputHeight() * flattening.getInputWidth());
        int all = Math.toIntExact(flattening.getNumChannels());
        return flattening.getFormat() == CNN2DFormat.NHWC
                ? IntStream.range(0, places)
                        .flatMap(place -> IntStream.of(maps).map(map -> place * all + map))
                        .toArray()
                : IntStream.of(maps)
                        .flatMap(map -> IntStream.range(map * places, (map + 1) * places))
                        .toArray();
    }
}
