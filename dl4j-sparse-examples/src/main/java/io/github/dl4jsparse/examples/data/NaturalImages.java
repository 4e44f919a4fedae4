package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.task.data.ImageFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Photographs in gray, to learn filters from: arrays {@code [height][width]} of values from 0 to 1 by name, in the order of
 * their names.
 */
public final class NaturalImages {
    private static final Logger LOG = LoggerFactory.getLogger(NaturalImages.class);
    private static final List<String> EMBEDDED =
            List.of("ascent", "camera", "cat", "forest", "grass", "mountain", "raccoon", "stream");
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

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

    /**
     * All PNG and JPEG files of a folder, not those of folders in it. Their names are those of the files.
     *
     * @param directory is only read
     * @throws IOException if there is no such folder, no image in it, or a file that can't be read; the message names it
     */
    static Map<String, float[][]> folder(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("the data directory " + directory + " does not exist or is no directory");
        }
        List<Path> named;
        try (Stream<Path> all = Files.list(directory)) {
            named = all.filter(NaturalImages::isImage).sorted().toList();
        }
        List<Path> files =
                named.stream().filter(file -> !isAttributesOfMacOs(file)).toList();
        if (files.size() < named.size()) {
            LOG.info(
                    "{}: {} files whose names begin with \"._\" are passed over, macOS keeps attributes of others in them",
                    directory,
                    named.size() - files.size());
        }
        if (files.isEmpty()) {
            throw new IOException(directory + " has no image, no file that ends in .png, .jpg or .jpeg");
        }
        Map<String, float[][]> images = new LinkedHashMap<>();
        for (Path file : files) {
            images.put(file.getFileName().toString(), ImageFile.gray(Files.readAllBytes(file), file.toString()));
        }
        return images;
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Whether macOS wrote a file to keep attributes of the file whose name follows the prefix. */
    private static boolean isAttributesOfMacOs(Path file) {
        return file.getFileName().toString().startsWith("._");
    }
}
