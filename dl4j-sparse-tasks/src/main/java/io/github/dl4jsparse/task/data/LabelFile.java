package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the classes of some images from a CSV file: a line for each, with the image's file and its class, in two columns.
 * <pre>{@code
 * ExampleSet labelled = LabelFile.of(Path.of("labels.csv")).read(images);
 * }</pre>
 * <p>An image is named as {@link ImageFolder} names it, by its path in the folder, or by its file name alone where no other has it. A
 * first line whose first column names no image is a header.
 * <p>Lines that name no image are logged and reported, with {@link #strict} an error.
 * <p>Errors: an {@code IOException} if a line has other columns, an image is named twice with different classes, or no line names an
 * image. Immutable.
 */
public final class LabelFile {
    private static final Logger LOG = LoggerFactory.getLogger(LabelFile.class);

    private final Path file;
    private final boolean strict;

    private LabelFile(Path file, boolean strict) {
        this.file = file;
        this.strict = strict;
    }

    /** The labels of a file. */
    public static LabelFile of(Path file) {
        return new LabelFile(Args.given("file", file), false);
    }

    /** Makes every warning an error. */
    public LabelFile strict() {
        return new LabelFile(file, true);
    }

    /**
     * The images that have a label, with it.
     *
     * @param images Not modified.
     * @throws IOException as said above; names file, line, rule and what was found
     */
    public ExampleSet read(ExampleSet images) throws IOException {
        Map<String, Integer> positions = positions(images.names());
        Map<Integer, String> labels = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        try (CsvLines lines = new CsvLines(file)) {
            for (List<String> cells = lines.next(); cells != null; cells = lines.next()) {
                if (cells.size() == 1 && cells.get(0).isBlank()) {
                    continue;
                }
                String place = file + " line " + lines.line();
                if (cells.size() != 2 || cells.get(1).isBlank()) {
                    throw new IOException(place + " must have an image and its class, got " + cells);
                }
                Integer image = positions.get(cells.get(0).strip());
                if (image != null) {
                    put(labels, image, cells.get(1).strip(), place);
                } else if (lines.line() > 1) {
                    unknown.add("line " + lines.line() + ", \"" + cells.get(0).strip() + "\"");
                }
            }
        }
        if (labels.isEmpty()) {
            throw new IOException(file + " must name one of the " + images.size() + " images, such as \""
                    + images.names().get(0) + "\", got " + (unknown.isEmpty() ? "no line" : Findings.some(unknown)));
        }
        ReadingReport report = report(labels.size(), images.size(), unknown);
        ExampleSet chosen =
                images.select(labels.keySet().stream().mapToInt(i -> i).toArray());
        return new ExampleSet(
                chosen.features(), chosen.names(), new ArrayList<>(labels.values()), images.columns(), report);
    }

    private ReadingReport report(int labels, int images, List<String> unknown) throws IOException {
        Findings findings = new Findings();
        if (!unknown.isEmpty()) {
            findings.add(Findings.count(unknown.size(), "line names", "lines name") + " no image: "
                    + Findings.some(unknown));
        }
        return findings.report(
                "read the classes of " + Findings.count(labels, "image", "images") + " of " + images + ", from " + file,
                file.toString(),
                strict,
                LOG);
    }

    private static void put(Map<Integer, String> labels, int image, String label, String place) throws IOException {
        String before = labels.put(image, label);
        if (before != null && !before.equals(label)) {
            throw new IOException(place + " must name the class of an image once, got \"" + before + "\" and \"" + label
                    + "\" for the same image");
        }
    }

    /** Images by their paths, and by their file names where only one has it. */
    private static Map<String, Integer> positions(List<String> names) {
        Map<String, Integer> byFile = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            byFile.merge(name.substring(name.lastIndexOf('/') + 1), i, (a, b) -> -1);
        }
        byFile.values().removeIf(i -> i < 0);
        for (int i = 0; i < names.size(); i++) {
            byFile.put(names.get(i), i);
        }
        return byFile;
    }
}
