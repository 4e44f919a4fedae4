package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.task.data.ImageFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Photographs in gray, to learn filters from: arrays {@code [height][width]} of values from 0 to 1 by name, in the order of
 * their names.
 */
public final class NaturalImages {
    private static final List<String> EMBEDDED =
            List.of("ascent", "camera", "cat", "forest", "grass", "mountain", "raccoon", "stream");

    private NaturalImages() {}

    /** The eight that come with this program: 512 x 512 pixels, "cat" 300 x 300. */
    public static Map<String, float[][]> embedded() throws IOException {
        Map<String, float[][]> images = new LinkedHashMap<>();
        for (String name : EMBEDDED) {
            String resource = "/io/github/dl4jsparse/examples/images/" + name + ".png";
            try (InputStream in = NaturalImages.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("the program lacks its resource " + resource);
                }
                images.put(name, ImageFile.gray(in.readAllBytes(), resource));
            }
        }
        return images;
    }
}
