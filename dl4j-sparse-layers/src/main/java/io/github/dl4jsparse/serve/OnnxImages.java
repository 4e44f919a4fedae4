package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.check.Args;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;

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

    /** Requires images of a known size. */
    static OnnxValue known(OnnxValue images, CNN2DFormat format) {
        images.requireRank("a layer of images", 4);
        int rows = format == CNN2DFormat.NHWC ? 1 : 2;
        if (images.size(rows) == OnnxValue.FREE || images.size(rows + 1) == OnnxValue.FREE) {
            throw Args.failure(
                    "size of the images",
                    "known, as it counts for the layer; give the network's input type to OnnxExport",
                    Arrays.toString(images.shape()));
        }
        return images;
    }

    static int height(OnnxValue images, CNN2DFormat format) {
        return Math.toIntExact(images.size(format == CNN2DFormat.NHWC ? 1 : 2));
    }

    static int width(OnnxValue images, CNN2DFormat format) {
        return Math.toIntExact(images.size(format == CNN2DFormat.NHWC ? 2 : 3));
    }
}
