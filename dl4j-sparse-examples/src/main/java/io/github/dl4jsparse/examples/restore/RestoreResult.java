package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.task.DictionaryLearning;
import io.github.dl4jsparse.task.ImageNoise;
import io.github.dl4jsparse.task.ImageRestorer;
import io.github.dl4jsparse.task.NoiseLevel;
import io.github.dl4jsparse.task.RestorerTraining;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One run: a restorer is learned or loaded, then every image is restored, and where it was degraded for the purpose measured.
 *
 * @param settings what is done
 * @param data     name of the images
 * @param images   figures of each
 * @param shown    pictures of the first images by captions, for the page
 */
record RestoreResult(
        RestoreSettings settings,
        String data,
        List<RestoredImage.Figures> images,
        List<Map<String, BufferedImage>> shown)
        implements Result {
    private static final String FILE = "restorer.zip";
    private static final double LEVELS = 255;
    private static final double LEAST_TO_LEARN_FROM = 2 / LEVELS;

    /** Learns or loads a restorer, then restores and writes one image after the other. */
    static RestoreResult of(RestoreSettings settings, RestoreData data, long seed, Experiment experiment)
            throws IOException {
        RunDirectory directory = experiment.directory();
        ImageRestorer restorer = restorer(settings, seed, experiment);
        List<RestoredImage.Figures> figures = new ArrayList<>();
        List<Map<String, BufferedImage>> shown = new ArrayList<>();
        for (Map.Entry<String, INDArray> image : data.images().entrySet()) {
            RestoredImage restored =
                    restored(settings, restorer, image.getKey(), image.getValue(), data.mask(), seed + figures.size());
            RestorePictures.write(directory, restored);
            if (settings.writeNoisy()) {
                directory.write(
                        stem(restored.name()) + "-degraded.npy",
                        out -> out.write(Nd4j.toNpyByteArray(restored.degraded())));
            }
            if (shown.size() < RestorePage.SHOWN) {
                shown.add(RestorePictures.shown(restored));
            }
            figures.add(restored.figures());
            experiment.say(RestoredImage.line(figures.get(figures.size() - 1)));
        }
        return new RestoreResult(settings, data.name(), figures, shown);
    }

    /** The name of an image without folders and ending. */
    static String stem(String name) {
        String file = name.replace('/', '-');
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The restorer for all images; null where each image has a dictionary of its own. */
    private static ImageRestorer restorer(RestoreSettings options, long seed, Experiment experiment)
            throws IOException {
        if (options.restorer() != null) {
            return ImageRestorer.load(options.restorer());
        }
        if (options.training() == null) {
            return null;
        }
        ImageRestorer learned;
        if (options.dictionary()) {
            learned = dictionary(options, seed).fit(options.training());
        } else {
            RestorerTraining training = ImageRestorer.training()
                    .seed(seed)
                    .minutes(options.minutes())
                    .listener(1, progress -> experiment.say(progress.toString()))
                    .checkpoint(experiment.directory().file(FILE));
            if (options.quick()) {
                training.network(8, 4, 5, 2).crops(24, 8).learningRate(4e-3).iterations(100);
            }
            if (options.iterations() != null) {
                training.iterations(options.iterations());
            }
            learned = training.fit(options.training());
        }
        learned.save(experiment.directory().file(FILE));
        return learned;
    }

    private static DictionaryLearning dictionary(RestoreSettings options, long seed) {
        DictionaryLearning learning = ImageRestorer.dictionary().seed(seed);
        return options.quick() ? learning.patch(6, 3).atoms(64).learning(1000, 1) : learning;
    }

    private static RestoredImage restored(
            RestoreSettings options,
            ImageRestorer restorer,
            String name,
            INDArray image,
            INDArray givenMask,
            long seed) {
        INDArray mask = options.removed() > 0
                ? ImageNoise.mask((int) image.size(2), (int) image.size(3), options.removed(), seed)
                : givenMask;
        INDArray degraded =
                options.addedNoise() > 0 ? ImageNoise.add(image, options.addedNoise() / LEVELS, seed) : image.dup();
        if (mask != null) {
            degraded.muli(mask.broadcast(degraded.shape()));
        }
        double sigma = sigma(options, degraded, mask);
        long start = System.nanoTime();
        ImageRestorer own = Objects.requireNonNullElseGet(
                restorer, () -> dictionary(options, seed).fitTo(degraded, mask, Math.max(sigma, LEAST_TO_LEARN_FROM)));
        INDArray result = mask != null && sigma == 0 ? own.inpaint(degraded, mask) : own.restore(degraded, mask, sigma);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new RestoredImage(
                name, options.isTrial() ? image : null, degraded, mask, sigma * LEVELS, result, seconds);
    }

    private static double sigma(RestoreSettings options, INDArray degraded, INDArray mask) {
        if (options.addedNoise() > 0) {
            return options.addedNoise() / LEVELS;
        }
        return Double.isNaN(options.sigma()) ? NoiseLevel.of(degraded, mask) : options.sigma() / LEVELS;
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("restorer", settings.way());
        figures.put("images", images);
        if (settings.isTrial()) {
            figures.put("psnrBefore", mean(true));
            figures.put("psnr", mean(false));
        }
        return figures;
    }

    /** All is written image by image while it is restored. */
    @Override
    public void write(RunDirectory directory) {}

    private RestorePage page() {
        return new RestorePage((settings.restorer() == null ? "" : "restorer ") + settings.way(), images, shown);
    }

    @Override
    public String claim() {
        return page().claim();
    }

    @Override
    public void show(HtmlReport page) {
        page().addTo(page);
    }

    private double mean(boolean before) {
        return images.stream()
                .mapToDouble(f -> before ? f.psnrBefore() : f.psnr())
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public String summary() {
        String number = images.size() == 1 ? "1 image" : images.size() + " images";
        return settings.isTrial()
                ? String.format(
                        Locale.ROOT,
                        "%s by %s: mean PSNR %.2f to %.2f dB",
                        number,
                        settings.way(),
                        mean(true),
                        mean(false))
                : number + " by " + settings.way();
    }
}
