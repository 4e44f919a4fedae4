package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.data.NaturalImages;
import io.github.dl4jsparse.internal.check.Args;
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

/** Reads what the options name and runs the kind of detection that it is for. */
record AnomalyRun(AnomalyOptions options, AnomalySettings settings) {
    private static final String TEXTURE = "grass";
    private static final int VARIATIONAL_EPOCHS = 20;

    /** Checks the options before anything is read. */
    static AnomalyRun of(AnomalyOptions options) {
        if ((options.good == null) != (options.test == null)) {
            throw Args.failure(
                    options.good == null ? "--good" : "--test", "given with the other of --good and --test", "none");
        }
        if ((options.goodSeconds == null) != (options.testSeconds == null)
                || options.goodSeconds != null && options.good == null) {
            throw Args.failure(
                    "--good-seconds and --test-seconds", "given together, with --good and --test", "one without");
        }
        boolean several = options.good != null && (options.textures != null || options.oneClass != null)
                || options.textures != null && options.oneClass != null;
        if (several) {
            throw Args.failure("data", "one of --good, --texture and --one-class", "several");
        }
        options.heightAndWidth();
        if (options.goodSeconds != null) {
            AnomalyOptions.seconds("--good-seconds", options.goodSeconds);
            AnomalyOptions.seconds("--test-seconds", options.testSeconds);
            return new AnomalyRun(options, options.settings(0.01, 16, 300, true));
        }
        return new AnomalyRun(
                options,
                options.settings(options.good == null && options.oneClass == null ? 0.1 : 0.01, 64, 600, false));
    }

    /** Reads, fits and judges. */
    AnomalyOutcome run() throws IOException {
        if (options.goodSeconds != null) {
            return new BeatRun(settings, options.seed(), Args.positive("--millivolts", options.millivolts))
                    .of(
                            options.test.toString(),
                            beats(options.good, "--good-seconds", options.goodSeconds),
                            beats(options.test, "--test-seconds", options.testSeconds));
        }
        if (options.oneClass != null) {
            int most = options.quick ? 300 : 6000;
            return new OneClassRun(settings, options.seed(), most, options.quick ? 1 : VARIATIONAL_EPOCHS)
                    .of(Digits.idxPixels(options.oneClass, options.seed()));
        }
        if (options.good == null) {
            return new TextureRun(settings, options.seed(), options.splits())
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
        return new FolderRun(settings, options.seed()).of(options.test.toString(), good, test);
    }

    private BeatWindows beats(Path file, String name, String part) throws IOException {
        double[] ends = AnomalyOptions.seconds(name, part);
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
