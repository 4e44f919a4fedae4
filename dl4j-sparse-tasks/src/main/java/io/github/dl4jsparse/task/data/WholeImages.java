package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a folder and of folders in it, each in its own size, as sources of patches and crops.
 * <p>Files are found and decoded as by {@link ImageFolder}; those that can't be read are logged, reported and left out.
 *
 * @param images {@code [1, channels, height, width]} of float, values from 0 to 1, by the name of the file and in the order of the names
 * @param report the report of the reading
 */
public record WholeImages(Map<String, INDArray> images, ReadingReport report) {
    private static final Logger LOG = LoggerFactory.getLogger(WholeImages.class);

    public WholeImages {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(Args.given("images", images)));
        Args.given("report", report);
    }

    /**
     * Reads a folder.
     *
     * @throws IOException if there is no such folder, no image in it, or none that can be read
     */
    public static WholeImages of(Path directory, ImageChannels channels) throws IOException {
        Args.given("channels", channels);
        Findings findings = new Findings();
        ImageListing listing = ImageListing.of(Args.given("directory", directory), findings);
        Map<String, INDArray> images = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        for (Path file : listing.files()) {
            String name = listing.name(file);
            try {
                float[][][] pixels =
                        ImageFile.decode(listing.content(file), name, channels).channels();
                images.put(name, Nd4j.createFromArray(new float[][][][] {pixels}));
            } catch (IOException e) {
                skipped.add(e.getMessage());
            }
        }
        String left = skipped.isEmpty() ? "" : "skipped " + skipped.size() + ": " + Findings.some(skipped);
        if (images.isEmpty()) {
            throw new IOException(directory + " has no image that can be read: " + left);
        }
        if (!skipped.isEmpty()) {
            findings.add(left);
        }
        String summary = "read " + Findings.count(images.size(), "image", "images") + " of their own sizes, " + channels
                + ", from " + directory + (left.isEmpty() ? "" : "; " + left);
        return new WholeImages(images, findings.report(summary, directory.toString(), false, LOG));
    }
}
