package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;

/** Images of a network in the order of axes that ONNX's operators take, channels first, and back. */
final class OnnxImages {
    private OnnxImages() {}

    /** Images with their channels first. */
    static OnnxValue channelsFirst(OnnxValue images, CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? images.permuted(0, 3, 1, 2) : images;
    }

    /** Images with their channels first in a network's order. */
    static OnnxValue inFormat(OnnxValue channelsFirst, CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? channelsFirst.permuted(0, 2, 3, 1) : channelsFirst;
    }

    /** Sequences as images of one row with their channels first. */
    static OnnxValue ofOneRow(OnnxValue sequences, RNNFormat format) {
        sequences.requireRank("a layer of sequences", 3);
        OnnxValue first = format == RNNFormat.NWC ? sequences.permuted(0, 2, 1) : sequences;
        return first.reshaped(first.size(1), 1, first.size(2));
    }

    /** Images of one row with their channels first as sequences in a network's order. */
    static OnnxValue asSequences(OnnxValue channelsFirst, RNNFormat format) {
        OnnxValue first = channelsFirst.reshaped(channelsFirst.size(1), channelsFirst.size(3));
        return format == RNNFormat.NWC ? first.permuted(0, 2, 1) : first;
    }

    /** Requires images of a known size, with their channels first. */
    static OnnxValue known(OnnxValue channelsFirst) {
        channelsFirst.requireRank("a layer of images", 4);
        if (channelsFirst.size(2) == OnnxValue.FREE || channelsFirst.size(3) == OnnxValue.FREE) {
            throw Args.failure(
                    "size of the images, or length of the sequences,",
                    "known, as the layer depends on it; give the network's input type to OnnxExport",
                    Arrays.toString(channelsFirst.shape()));
        }
        return channelsFirst;
    }
}
