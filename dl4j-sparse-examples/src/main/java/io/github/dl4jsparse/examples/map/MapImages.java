package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.PatchSampler;
import io.github.dl4jsparse.examples.data.Photographs;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Windows of whitened photographs, as images {@code [batch, 1, side, side]}.
 *
 * @param name     of the data
 * @param training new windows in every epoch
 * @param heldOut  windows of the same photographs from places of their own, larger by {@value #MARGIN} pixels on every side
 */
record MapImages(String name, PatchSampler training, INDArray heldOut) {
    /** The largest shift to measure under. */
    static final int MARGIN = 3;

    private static final int HELD_OUT = 200;
    private static final int PROBE = 50;

    /**
     * Whitens photographs and cuts windows.
     *
     * @throws IllegalArgumentException if an image is too small, or of one brightness; names it
     */
    static MapImages of(Photographs photographs, MapSettings s, long seed) {
        Photographs white = photographs.whitened(new FrequencyWhitening(s.cutoff()));
        PatchSampler training = windows(white, s.side(), seed)
                .batch(s.batch())
                .patches(s.images())
                .build();
        PatchSampler heldOut = windows(white, s.side() + 2 * MARGIN, ~seed)
                .batch(HELD_OUT)
                .patches(HELD_OUT)
                .build();
        return new MapImages(white.name(), training, heldOut.next().getFeatures());
    }

    /** The middles of some images that are not trained on, as large as those that are. */
    INDArray probe(int side) {
        var middle = NDArrayIndex.interval(MARGIN, MARGIN + side);
        return heldOut.get(NDArrayIndex.interval(0, PROBE), NDArrayIndex.all(), middle, middle);
    }

    private static PatchSampler.Builder windows(Photographs white, int side, long seed) {
        return white.windows(side, seed).removeMean(false).flattened(false);
    }
}
