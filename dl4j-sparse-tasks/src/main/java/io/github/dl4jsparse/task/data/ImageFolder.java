package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the images of a folder and of folders in it: PNG, JPEG, GIF, TIFF and BMP, decoded by the JDK as {@link ImageFile} says.
 * <pre>{@code
 * ExampleSet images = ImageFolder.of(Path.of("parts")).size(64, 64).read();
 * }</pre>
 * <p>The name of the folder that an image lies in is its class; if all lie in the folder itself, there are no classes.
 * Images are read in gray unless {@link #colour} is called, and all have the stated size, or else that of most of them;
 * others are resized.
 * <p>Shapes: features are {@code [images, channels, height, width]}, values from 0 to 1, in the order of the files' names.
 * <p>Irregularities are logged and reported, with their count and the name of the first, and reading continues: files
 * of other kinds, files that can't be read, several sizes where none was stated, gray beside colour, one image only, a
 * class of one example, a class in several folders. With {@link #strict} they are errors. Hidden files are ignored.
 * <p>Errors: an {@code IOException} if there is no image, or none that can be read. Immutable.
 */
public final class ImageFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFolder.class);
    /** More values than this are refused; they take 4 GiB. */
    private static final long MOST_NUMBERS = 1L << 30;

    private final Path directory;
    private final ImageChannels channels;
    private final ImageSize size;
    private final Resizing resizing;
    private final boolean strict;

    private ImageFolder(Path directory, ImageChannels channels, ImageSize size, Resizing resizing, boolean strict) {
        this.directory = directory;
        this.channels = channels;
        this.size = size;
        this.resizing = resizing;
        this.strict = strict;
    }

    /** The images of a folder, in gray. */
    public static ImageFolder of(Path directory) {
        return new ImageFolder(
                Args.given("directory", directory), ImageChannels.GRAY, null, Resizing.CENTRE_CROP, false);
    }

    /** The same images in colour. */
    public ImageFolder colour() {
        return channels(ImageChannels.COLOUR);
    }

    /** The same images in gray or in colour. */
    public ImageFolder channels(ImageChannels wanted) {
        return new ImageFolder(directory, Args.given("channels", wanted), size, resizing, strict);
    }

    /**
     * The same images, all of one size.
     *
     * @throws IllegalArgumentException if height or width is below 1
     */
    public ImageFolder size(int height, int width) {
        return new ImageFolder(directory, channels, new ImageSize(height, width), resizing, strict);
    }

    /** How images of another size are resized; by default {@link Resizing#CENTRE_CROP}. */
    public ImageFolder resizing(Resizing way) {
        return new ImageFolder(directory, channels, size, Args.given("resizing", way), strict);
    }

    /** Makes every warning an error. */
    public ImageFolder strict() {
        return new ImageFolder(directory, channels, size, resizing, true);
    }

    /**
     * Reads the images.
     *
     * @throws IOException as said above; names folder or file, rule and what was found
     */
    public ExampleSet read() throws IOException {
        Findings findings = new Findings();
        ImageListing listing = ImageListing.of(directory, findings);
        ImageSize wanted = size == null ? mostFrequentSize(listing, findings) : size;
        if ((long) listing.files().size() * channels.count() * wanted.height() * wanted.width() > MOST_NUMBERS) {
            throw new IOException(directory + " must have at most " + MOST_NUMBERS
                    + " pixels and channels together, got " + listing.files().size() + " images, " + wanted + ", "
                    + channels + "; state a smaller size");
        }
        Decoded decoded = new Decoded();
        for (Path file : listing.files()) {
            try {
                decoded.add(file, ImageFile.decode(listing.content(file), listing.name(file), channels), wanted);
            } catch (IOException e) {
                decoded.skipped.add(e.getMessage());
            }
        }
        if (decoded.files.isEmpty()) {
            throw noneReadable(decoded.skipped);
        }
        addFindings(decoded, findings);
        List<String> labels = listing.labels(decoded.files, findings);
        int images = decoded.files.size();
        String summary = "read " + Findings.count(images, "image", "images")
                + (labels.isEmpty()
                        ? ""
                        : " of " + Findings.count(Set.copyOf(labels).size(), "class", "classes"))
                + ", " + wanted + " " + channels + ", from " + directory
                + (decoded.skipped.isEmpty() ? "" : "; " + skipped(decoded.skipped));
        ReadingReport report = findings.report(summary, directory.toString(), strict, LOG);
        INDArray features = Nd4j.createFromArray(decoded.pixels.toArray(float[][][][]::new));
        List<String> names = decoded.files.stream().map(listing::name).toList();
        return new ExampleSet(features, names, labels, List.of(), report);
    }

    /** The decoded images of a folder. */
    private final class Decoded {
        private final List<Path> files = new ArrayList<>();
        private final List<float[][][]> pixels = new ArrayList<>();
        private final List<String> skipped = new ArrayList<>();
        private int coloured;

        void add(Path file, ImagePixels image, ImageSize wanted) {
            coloured += image.coloured() ? 1 : 0;
            pixels.add(resized(image, wanted));
            files.add(file);
        }
    }

    private IOException noneReadable(List<String> skipped) {
        return new IOException(directory + " has no image that can be read: " + skipped(skipped));
    }

    private static String skipped(List<String> reasons) {
        return "skipped " + reasons.size() + ": " + Findings.some(reasons);
    }

    private float[][][] resized(ImagePixels image, ImageSize wanted) {
        float[][][] resized = image.channels().clone();
        for (int c = 0; c < resized.length; c++) {
            resized[c] = resizing.resize(resized[c], wanted.height(), wanted.width());
        }
        return resized;
    }

    /** The size that most images have, of those with equal counts the first met. */
    private ImageSize mostFrequentSize(ImageListing listing, Findings findings) throws IOException {
        Map<ImageSize, Integer> counts = new LinkedHashMap<>();
        Map<ImageSize, String> first = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        for (Path file : listing.files()) {
            try {
                ImageSize found = ImageFile.size(listing.content(file), listing.name(file));
                counts.merge(found, 1, Integer::sum);
                first.putIfAbsent(found, listing.name(file));
            } catch (IOException e) {
                unreadable.add(e.getMessage());
            }
        }
        if (counts.isEmpty()) {
            throw noneReadable(unreadable);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        ImageSize wanted = counts.keySet().stream()
                .filter(found -> counts.get(found) == most)
                .findFirst()
                .orElseThrow();
        if (counts.size() > 1) {
            int others = counts.values().stream().mapToInt(Integer::intValue).sum() - most;
            List<String> examples = first.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(wanted))
                    .map(entry -> entry.getValue() + ", " + entry.getKey())
                    .toList();
            findings.add(Findings.count(others, "image is", "images are") + " of another size than " + wanted + " ("
                    + Findings.some(examples, " sizes") + ") and resized"
                    + (resizing == Resizing.FIT ? " to fit" : ", centre crop") + "; state a size to choose it");
        }
        return wanted;
    }

    private void addFindings(Decoded decoded, Findings findings) {
        int images = decoded.files.size();
        if (!decoded.skipped.isEmpty()) {
            findings.add(skipped(decoded.skipped));
        }
        if (decoded.coloured > 0 && decoded.coloured < images) {
            int gray = images - decoded.coloured;
            findings.add(
                    channels == ImageChannels.GRAY
                            ? Findings.count(decoded.coloured, "image is", "images are")
                                    + " coloured, the others gray; all are read in gray"
                            : Findings.count(gray, "image is", "images are")
                                    + " gray, the others coloured; all are read in colour, with three equal channels of gray");
        }
        if (images == 1) {
            findings.add(directory + " has one image, none is left to try what was learned");
        }
    }
}
