package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.internal.io.AtomicFile;
import io.github.dl4jsparse.task.DictionaryLearning;
import io.github.dl4jsparse.task.ImageNoise;
import io.github.dl4jsparse.task.ImageRestorer;
import io.github.dl4jsparse.task.NoiseLevel;
import io.github.dl4jsparse.task.RestorerTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One run: a restorer is learned or loaded, then every image is restored, and where it was degraded for the purpose measured.
 *
 * @param settings what is done
 * @param data     name of the images
 * @param seed     of noise, of missing pixels and of learning
 * @param figures  of each image
 * @param seconds  of all
 */
record RestoreRun(
        RestoreSettings settings, String data, long seed, List<RestoredImage.Figures> figures, double seconds) {
    private static final String FILE = "restorer.zip";
    private static final double LEVELS = 255;
    private static final double LEAST_TO_LEARN_FROM = 2 / LEVELS;

    /**
     * Runs.
     *
     * @param directory gets the restored images and pictures, one after the other
     * @param say       is told of the progress
     */
    static RestoreRun of(
            RestoreOptions options,
            RestoreSettings settings,
            RestoreData data,
            RunDirectory directory,
            Consumer<String> say)
            throws IOException {
        long start = System.nanoTime();
        ImageRestorer restorer = restorer(options, directory, say);
        List<RestoredImage.Figures> figures = new ArrayList<>();
        for (Map.Entry<String, INDArray> image : data.images().entrySet()) {
            RestoredImage restored = restored(
                    options, settings, restorer, image.getKey(), image.getValue(), data.mask(), figures.size());
            RestorePictures.write(directory, restored);
            if (options.writeNoisy()) {
                AtomicFile.write(
                        directory.path().resolve(stem(restored.name()) + "-degraded.npy"),
                        out -> out.write(Nd4j.toNpyByteArray(restored.degraded())));
            }
            figures.add(restored.figures());
            say.accept(RestoredImage.line(figures.get(figures.size() - 1)));
        }
        return new RestoreRun(settings, data.summary(), options.seed(), figures, (System.nanoTime() - start) / 1e9);
    }

    /** The name of an image without folders and ending. */
    static String stem(String name) {
        String file = name.replace('/', '-');
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The restorer for all images; null where each image has a dictionary of its own. */
    private static ImageRestorer restorer(RestoreOptions options, RunDirectory directory, Consumer<String> say)
            throws IOException {
        if (options.restorer() != null) {
            return ImageRestorer.load(options.restorer());
        }
        if (options.training() == null) {
            return null;
        }
        ImageRestorer learned;
        if (options.dictionary()) {
            learned = dictionary(options).fit(options.training());
        } else {
            RestorerTraining training = ImageRestorer.training()
                    .seed(options.seed())
                    .minutes(options.minutes())
                    .listener(1, progress -> say.accept(progress.toString()))
                    .checkpoint(directory.path().resolve(FILE));
            if (options.quick()) {
                training.network(8, 4, 5, 2).crops(24, 8).learningRate(4e-3).iterations(100);
            }
            if (options.iterations() != null) {
                training.iterations(options.iterations());
            }
            learned = training.fit(options.training());
        }
        learned.save(directory.path().resolve(FILE));
        return learned;
    }

    private static DictionaryLearning dictionary(RestoreOptions options) {
        DictionaryLearning learning = ImageRestorer.dictionary().seed(options.seed());
        return options.quick() ? learning.patch(6, 3).atoms(64).learning(1000, 1) : learning;
    }

    private static RestoredImage restored(
            RestoreOptions options,
            RestoreSettings settings,
            ImageRestorer restorer,
            String name,
            INDArray image,
            INDArray givenMask,
            int number) {
        long seed = options.seed() + number;
        INDArray mask = settings.removed() > 0
                ? ImageNoise.mask((int) image.size(2), (int) image.size(3), settings.removed(), seed)
                : givenMask;
        INDArray degraded =
                settings.addedNoise() > 0 ? ImageNoise.add(image, settings.addedNoise() / LEVELS, seed) : image.dup();
        if (mask != null) {
            degraded.muli(mask.broadcast(degraded.shape()));
        }
        double sigma = sigma(settings, degraded, mask);
        long start = System.nanoTime();
        ImageRestorer own = Objects.requireNonNullElseGet(
                restorer, () -> dictionary(options).fitTo(degraded, mask, Math.max(sigma, LEAST_TO_LEARN_FROM)));
        INDArray result = mask != null && sigma == 0 ? own.inpaint(degraded, mask) : own.restore(degraded, mask, sigma);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new RestoredImage(
                name, settings.isTrial() ? image : null, degraded, mask, sigma * LEVELS, result, seconds);
    }

    private static double sigma(RestoreSettings settings, INDArray degraded, INDArray mask) {
        if (settings.addedNoise() > 0) {
            return settings.addedNoise() / LEVELS;
        }
        return Double.isNaN(settings.sigma()) ? NoiseLevel.of(degraded, mask) : settings.sigma() / LEVELS;
    }

    void write(RunDirectory directory) throws IOException {
        ResultJson result = new ResultJson("restore", data, seed, settings, seconds).with("images", figures);
        if (settings.isTrial()) {
            result.with("psnrBefore", mean(true)).with("psnr", mean(false));
        }
        directory.write("result.json", result);
    }

    private double mean(boolean before) {
        return figures.stream()
                .mapToDouble(f -> before ? f.psnrBefore() : f.psnr())
                .average()
                .orElse(Double.NaN);
    }

    /** The last line for people. */
    String summary() {
        String images = figures.size() == 1 ? "1 image" : figures.size() + " images";
        return settings.isTrial()
                ? String.format(
                        Locale.ROOT,
                        "%s by %s: mean PSNR %.2f to %.2f dB, %.1f s",
                        images,
                        settings.restorer(),
                        mean(true),
                        mean(false),
                        seconds)
                : String.format(Locale.ROOT, "%s by %s, %.1f s", images, settings.restorer(), seconds);
    }
}
