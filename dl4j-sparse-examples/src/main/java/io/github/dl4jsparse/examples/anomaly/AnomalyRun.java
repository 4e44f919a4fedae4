package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.data.NaturalImages;
import io.github.dl4jsparse.task.data.CsvFile;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.ImageFile;
import io.github.dl4jsparse.task.data.ImageFolder;
import io.github.dl4jsparse.task.data.SignalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads what the settings name and runs the kind of detection that it is for. */
record AnomalyRun(AnomalySettings options, long seed) {
    private static final String TEXTURE = "grass";
    private static final int VARIATIONAL_EPOCHS = 20;
    private static final int ONE_CLASS_IMAGES = 6000;
    /** Examples of each kind in a quick run, at most. */
    private static final int FEW = 300;

    /** Reads, fits and judges. */
    AnomalyOutcome run() throws IOException {
        if (options.goodSeconds != null) {
            return new BeatRun(options, seed, options.millivolts)
                    .of(
                            options.test.toString(),
                            beats(options.good, "--good-seconds", options.goodSeconds),
                            beats(options.test, "--test-seconds", options.testSeconds));
        }
        if (options.oneClass != null) {
            Digits digits = Digits.idxPixels(options.oneClass, seed);
            return options.quick()
                    ? new OneClassRun(options, seed, FEW, 1).of(digits.atMost(10 * FEW))
                    : new OneClassRun(options, seed, ONE_CLASS_IMAGES, VARIATIONAL_EPOCHS).of(digits);
        }
        if (options.good == null) {
            return new TextureRun(options, seed)
                    .of(options.textures == null ? "embedded photograph of grass" : "" + options.textures, textures());
        }
        ExampleSet good;
        ExampleSet test;
        if (Files.isDirectory(options.good)) {
            good = images(options.good, options.heightAndWidth());
            long[] shape = good.features().shape();
            test = images(options.test, new int[] {(int) shape[2], (int) shape[3]});
        } else {
            good = vectors(options.good, options.columns == null ? List.of() : options.columns);
            test = vectors(options.test, good.columns());
        }
        return new FolderRun(options, seed).of(options.test.toString(), few(good), few(test));
    }

    private ExampleSet few(ExampleSet examples) {
        return options.quick() && examples.size() > FEW
                ? examples.select(IntStream.range(0, FEW).toArray())
                : examples;
    }

    private BeatWindows beats(Path file, String name, String part) throws IOException {
        double[] ends = AnomalySettings.seconds(name, part);
        SignalFile recording = SignalFile.of(file, options.rate).seconds(ends[0], ends[1]);
        recording = options.columns == null ? recording : recording.columns(options.columns.toArray(String[]::new));
        return BeatWindows.of((options.strict ? recording.strict() : recording).read());
    }

    private Map<String, float[][]> textures() throws IOException {
        Map<String, float[][]> textures = new LinkedHashMap<>();
        if (options.textures == null) {
            textures.put(TEXTURE, NaturalImages.embedded().get(TEXTURE));
            return textures;
        }
        for (Path file : options.textures) {
            String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            textures.put(name, ImageFile.gray(Files.readAllBytes(file), file.toString()));
        }
        return textures;
    }

    private ExampleSet images(Path directory, int[] size) throws IOException {
        ImageFolder folder =
                ImageFolder.of(directory).channels(options.colour ? ImageChannels.COLOUR : ImageChannels.GRAY);
        folder = size == null ? folder : folder.size(size[0], size[1]);
        return (options.strict ? folder.strict() : folder).read();
    }

    private ExampleSet vectors(Path file, List<String> columns) throws IOException {
        CsvFile csv = CsvFile.of(file).columns(columns.toArray(String[]::new));
        return (options.strict ? csv.strict() : csv).read();
    }
}
