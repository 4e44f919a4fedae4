package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads which pixels of images are known: white ones of a file; black ones are missing. */
record MaskFile(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(MaskFile.class);
    /** Values this near to black and white are those of a lossy file, not a gray that somebody chose. */
    private static final double NEAR = 0.1;
    /** Share of gray pixels at most: edges of an area that was painted smoothly. */
    private static final double EDGES = 0.01;

    /**
     * Reads it.
     *
     * @param images {@code [1, channels, height, width]} by name, for which it is
     * @return {@code [1, 1, height, width]}, 1 for known pixels
     * @throws IOException              if the file can't be read
     * @throws IllegalArgumentException if an image has another size
     */
    INDArray read(Map<String, INDArray> images) throws IOException {
        INDArray levels = ImageFile.read(file, ImageChannels.GRAY);
        images.forEach((name, image) -> {
            if (image.size(2) != levels.size(2) || image.size(3) != levels.size(3)) {
                throw Args.failure("--mask " + file, "of the size of " + name + ", " + size(image), size(levels));
            }
        });
        long gray = levels.length()
                - levels.lte(NEAR).castTo(DataType.INT64).sumNumber().longValue()
                - levels.gte(1 - NEAR).castTo(DataType.INT64).sumNumber().longValue();
        if (gray > EDGES * levels.length()) {
            LOG.warn(
                    "{} of the {} pixels of {} are neither black nor white: those darker than half gray are filled in",
                    gray,
                    levels.length(),
                    file);
        }
        return levels.gt(0.5).castTo(DataType.FLOAT);
    }

    private static String size(INDArray image) {
        return image.size(3) + " x " + image.size(2) + " pixels";
    }
}
