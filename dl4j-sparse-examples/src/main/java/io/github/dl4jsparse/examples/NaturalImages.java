package io.github.dl4jsparse.examples;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Photographs in gray, to learn filters from: arrays {@code [height][width]} of values from 0 to 1 by name, in the order of
 * their names.
 */
public final class NaturalImages {
    private static final List<String> EMBEDDED =
            List.of("ascent", "camera", "cat", "forest", "grass", "mountain", "raccoon", "stream");
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

    private NaturalImages() {}

    /** The eight that come with this program: 512 x 512 pixels, "cat" 300 x 300. */
    public static Map<String, float[][]> embedded() throws IOException {
        Map<String, float[][]> images = new LinkedHashMap<>();
        for (String name : EMBEDDED) {
            String resource = "images/" + name + ".png";
            try (InputStream in = NaturalImages.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("the program lacks its resource " + resource);
                }
                images.put(name, read(in, resource));
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
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(NaturalImages::isImage).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IOException(directory + " has no image, no file that ends in .png, .jpg or .jpeg");
        }
        Map<String, float[][]> images = new LinkedHashMap<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                images.put(file.getFileName().toString(), read(in, file.toString()));
            }
        }
        return images;
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static float[][] read(InputStream in, String name) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(in);
        } catch (IOException | RuntimeException e) {
            // a damaged file makes the JDK's readers throw exceptions of any kind
            throw new IOException(name + " can't be read as an image: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IOException(name + " is no image, or of a kind that Java does not read");
        }
        return gray(image);
    }

    /** Gray pixels as they are in the file, and the luma (ITU-R 601) of coloured ones; transparency is not looked at. */
    static float[][] gray(BufferedImage image) {
        Raster raster = image.getRaster();
        // Java's own conversion of gray to RGB changes the values: it takes them as linear in light
        boolean coloured = raster.getNumBands() > 2 || image.getColorModel() instanceof IndexColorModel;
        float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        float[][] pixels = new float[image.getHeight()][image.getWidth()];
        for (int i = 0; i < pixels.length; i++) {
            for (int j = 0; j < pixels[i].length; j++) {
                pixels[i][j] = coloured ? luma(image.getRGB(j, i)) : raster.getSample(j, i, 0) / white;
            }
        }
        return pixels;
    }

    private static float luma(int rgb) {
        return (0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff)) / 255;
    }
}
