package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.run.Settings;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.AnomalyDetector;
import io.github.dl4jsparse.task.AnomalyDetectorBuilder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The settings of {@code anomaly}: data, and numbers that suit its kind where they are not given. */
final class AnomalySettings extends Settings {
    private static final double HEART_RATE = 360;
    private static final double HEART_UNIT = 0.005;

    @Option(
            names = "--good",
            paramLabel = "PATH",
            description = "Good examples alone: a folder of images, or a CSV file of vectors or of a recording "
                    + "(default: tiles of a photograph that comes with the program, with planted defects).")
    Path good;

    @Option(names = "--test", paramLabel = "PATH", description = "Examples to judge, of the same kind.")
    Path test;

    @Option(
            names = "--good-seconds",
            paramLabel = "A:B",
            description =
                    "The part of a recording of the heart whose beats are taken for good, some odd ones among them.")
    String goodSeconds;

    @Option(names = "--test-seconds", paramLabel = "A:B", description = "The part whose beats are judged.")
    String testSeconds;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "" + HEART_RATE,
            description = "Samples a second of a recording (default: ${DEFAULT-VALUE}).")
    double rate;

    @Option(
            names = "--millivolts",
            paramLabel = "X",
            defaultValue = "" + HEART_UNIT,
            description =
                    "Millivolts of one unit of a recording, for the width of its beats (default: ${DEFAULT-VALUE}).")
    double millivolts;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            split = ",",
            description = "Columns of a CSV file, by name or by number from 1 (default: all columns of numbers).")
    List<String> columns;

    @Option(
            names = "--texture",
            paramLabel = "FILE",
            split = ",",
            description =
                    "Photographs of textures to plant defects in, in place of the one that comes with the program.")
    List<Path> textures;

    @Option(
            names = "--one-class",
            paramLabel = "DIR",
            description =
                    "Folder with the four files of MNIST or Fashion-MNIST: each class is the good one in turn, beside "
                            + "PCA and DL4J's variational auto-encoder.")
    Path oneClass;

    @Option(
            names = "--false-alarms",
            paramLabel = "X",
            description =
                    "Share of good examples that may be called anomalous, above 0 and below 1 (default: 0.01; 0.1 for "
                            + "textures).")
    private double falseAlarms;

    @Option(names = "--units", paramLabel = "N", description = "Atoms of the dictionary (default: 64; 16 for beats).")
    private int units;

    @Option(names = "--patch", paramLabel = "N", description = "Side of the patches of images in pixels (default: 6).")
    private Integer patch;

    @Option(
            names = "--updates",
            paramLabel = "N",
            description = "Updates of the dictionary (default: 600; 300 for beats).")
    private int updates;

    @Option(
            names = "--robust",
            description = "Allow for odd examples among the good ones that nobody marked (default for beats alone).")
    private boolean robust;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description =
                    "Width and height in pixels that images are brought to (default: that of most of the good ones).")
    String size;

    @Option(names = "--colour", description = "Read images in colour (default: gray).")
    boolean colour;

    @Option(names = "--strict", description = "Refuse data with anything odd in it, such as a damaged file.")
    boolean strict;

    @Option(
            names = "--splits",
            paramLabel = "N",
            description = "Times that tiles of a texture are dealt (default: 10).")
    private int splits;

    /**
     * Completes the settings by those that suit the kind of data, before anything is read.
     *
     * @throws IllegalArgumentException if a value is out of its range, or options do not go together
     */
    @Override
    public void check() {
        if ((good == null) != (test == null)) {
            throw Args.failure(good == null ? "--good" : "--test", "given with the other of --good and --test", "none");
        }
        if ((goodSeconds == null) != (testSeconds == null) || goodSeconds != null && good == null) {
            throw Args.failure(
                    "--good-seconds and --test-seconds", "given together, with --good and --test", "one without");
        }
        boolean several =
                good != null && (textures != null || oneClass != null) || textures != null && oneClass != null;
        if (several) {
            throw Args.failure("data", "one of --good, --texture and --one-class", "several");
        }
        heightAndWidth();
        if (goodSeconds != null) {
            seconds("--good-seconds", goodSeconds);
            seconds("--test-seconds", testSeconds);
        }
        complete(quick() ? new String[] {"all", kind(), "short"} : new String[] {"all", kind()});
        Args.atLeast("--splits", splits, 1);
        Args.positive("--millivolts", millivolts);
        if (patch != null) {
            Args.atLeast("--patch", patch, 1);
        }
        builder(seed());
    }

    /** The section of the presets that suits the data. */
    private String kind() {
        if (goodSeconds != null) {
            return "beats";
        }
        return good == null && oneClass == null ? "textures" : "examples";
    }

    /** A detector of these settings. */
    AnomalyDetectorBuilder builder(long seed) {
        AnomalyDetectorBuilder builder = AnomalyDetector.builder()
                .falseAlarms(falseAlarms)
                .units(units)
                .robust(robust)
                .updates(updates)
                .seed(seed);
        return patch == null ? builder : builder.patch(patch, patch);
    }

    double falseAlarms() {
        return falseAlarms;
    }

    int units() {
        return units;
    }

    int splits() {
        return splits;
    }

    /** Start and end of a part of a recording. */
    static double[] seconds(String name, String text) {
        String[] ends = text.split(":", -1);
        try {
            if (ends.length == 2) {
                return new double[] {Double.parseDouble(ends[0]), Double.parseDouble(ends[1])};
            }
        } catch (NumberFormatException e) {
            throw Args.failure(name, "two numbers of seconds, such as 0:120", "\"" + text + "\"");
        }
        throw Args.failure(name, "two numbers of seconds, such as 0:120", "\"" + text + "\"");
    }

    /** Height and width that are asked for; null if none are. */
    int[] heightAndWidth() {
        if (size == null) {
            return null;
        }
        if (!size.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            throw Args.failure("--size", "width and height in pixels, such as 64x48", "\"" + size + "\"");
        }
        String[] sides = size.split("x");
        return new int[] {Integer.parseInt(sides[1]), Integer.parseInt(sides[0])};
    }
}
