package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.WholeImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Trains a convolutional encoder to restore: on crops of photographs with noise of random levels, some with random pixels missing,
 * towards the crops themselves.
 * <p>\[ \min \; \mathbb E_{x, \sigma, M} \lVert f(M(x + \sigma n), M, \sigma) - x \rVert_2^2 \]
 * by Adam; the learning rate rises over the first 100 batches and then falls as half a cosine to a fiftieth. A training
 * that becomes unstable is reset by up to 100 batches and continued with a lower rate. Equal seeds and images give
 * equal restorers, unless {@link #minutes} ends the training earlier.
 * <pre>{@code
 * ImageRestorer restorer = ImageRestorer.training().minutes(60).fit(Path.of("photographs"));
 * restorer.save(Path.of("restorer.zip"));
 * INDArray clean = restorer.denoise(ImageFile.read(Path.of("noisy.png"), ImageChannels.COLOUR), 25 / 255.0);
 * }</pre>
 * <p>Errors: {@code IllegalArgumentException} for options out of their ranges and images smaller than a crop, {@code IOException} for a
 * folder without images.
 */
public final class RestorerTraining {
    private static final double LEVEL_OF_REPORTS = 25 / 255.0;
    private static final int MOST_HELD_OUT = 4;
    private static final long SIDE_OF_HELD_OUT = 256;
    private static final int WARM_UP = 100;
    private static final double LAST_RATE = 0.02;

    private UnrolledSettings network = new UnrolledSettings(64, 6, 7, 2);
    private int iterations = 20_000;
    private double minutes = Double.POSITIVE_INFINITY;
    private int crop = 40;
    private int batch = 16;
    private double learningRate = 1e-3;
    private double noise = 55 / 255.0;
    private double masked = 0.3;
    private double missing = 0.7;
    private double reportMinutes = 1;
    private long seed = 1;
    private Consumer<RestorerProgress> listener = progress -> {};
    private Path file;

    RestorerTraining() {}

    /** Number of filters, number of steps, side of a filter, stride; default 64, 6, 7, 2. */
    public RestorerTraining network(int filters, int steps, int kernel, int stride) {
        this.network = new UnrolledSettings(filters, steps, kernel, stride);
        return this;
    }

    /** Batches; default 20,000. */
    public RestorerTraining iterations(int number) {
        this.iterations = Args.atLeast("iterations", number, 1);
        return this;
    }

    /**
     * The most minutes; default no limit. The learning rate falls with the larger of both shares, of the batches or of
     * the minutes that are over.
     */
    public RestorerTraining minutes(double most) {
        this.minutes = Args.positive("minutes", most);
        return this;
    }

    /** Side of a crop and crops of a batch; default 40 and 16. */
    public RestorerTraining crops(int side, int number) {
        this.crop = Args.atLeast("side of a crop", side, 8);
        this.batch = Args.atLeast("crops of a batch", number, 1);
        return this;
    }

    /** Learning rate of Adam; default 1e-3. */
    public RestorerTraining learningRate(double rate) {
        this.learningRate = Args.positive("learningRate", rate);
        return this;
    }

    /** The largest noise level of training, in the units of images from 0 to 1; default 55 / 255. */
    public RestorerTraining noise(double most) {
        this.noise = Args.positive("noise", most);
        return this;
    }

    /** Share of the crops with missing pixels, and the largest share of missing pixels in one; default 0.3 and 0.7. */
    public RestorerTraining missing(double crops, double most) {
        if (!(crops >= 0 && crops <= 1 && most >= 0 && most < 1)) {
            throw Args.failure(
                    "missing", "a share of crops from 0 to 1 and one of pixels from 0 to below 1", crops + ", " + most);
        }
        this.masked = crops;
        this.missing = most;
        return this;
    }

    /** Seed of weights, crops and noise; default 1. */
    public RestorerTraining seed(long value) {
        this.seed = value;
        return this;
    }

    /** Called with the progress at intervals of this many minutes; default none. */
    public RestorerTraining listener(double everyMinutes, Consumer<RestorerProgress> told) {
        this.reportMinutes = Args.positive("everyMinutes", everyMinutes);
        this.listener = Args.given("listener", told);
        return this;
    }

    /** Saves the restorer at every report, whole or not at all; default: no file. */
    public RestorerTraining checkpoint(Path target) {
        this.file = Args.given("target", target);
        return this;
    }

    /**
     * Trains on the images of a folder; those smaller than a crop are an error.
     *
     * @throws IOException if it has no images, or a checkpoint can't be written
     */
    public ImageRestorer fit(Path directory) throws IOException {
        return fit(WholeImages.of(directory, ImageChannels.GRAY).images().values());
    }

    /**
     * Trains on images; of eight and more, every eighth, four at most, is held out for reports and not trained on.
     *
     * @param images {@code [1, 1, height, width]}, values from 0 to 1. Not modified.
     * @throws IOException if a checkpoint can't be written
     */
    public ImageRestorer fit(Collection<INDArray> images) throws IOException {
        List<float[][]> planes = new ArrayList<>();
        List<INDArray> heldOut = new ArrayList<>();
        int number = 0;
        for (INDArray image : images) {
            requireLarge(image);
            if (number++ % 8 == 7 && heldOut.size() < MOST_HELD_OUT) {
                heldOut.add(centre(image));
            } else {
                planes.add(plane(image));
            }
        }
        Args.atLeast("number of images", planes.size(), 1);
        if (crop % network.stride() != 0) {
            throw Args.failure("side of a crop", "a multiple of the stride " + network.stride(), crop);
        }
        MultiLayerNetwork net = UnrolledNetwork.create(network, learningRate, seed);
        ImageRestorer restorer = new ImageRestorer(new UnrolledRestoration(net));
        run(net, restorer, new TrainingCrops(planes, crop, batch, noise, masked, missing), heldOut);
        return restorer;
    }

    /** The central part of an image, which keeps reports fast. */
    private static INDArray centre(INDArray image) {
        long height = Math.min(SIDE_OF_HELD_OUT, image.size(2));
        long width = Math.min(SIDE_OF_HELD_OUT, image.size(3));
        long top = (image.size(2) - height) / 2;
        long left = (image.size(3) - width) / 2;
        return image.get(
                        NDArrayIndex.all(),
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(top, top + height),
                        NDArrayIndex.interval(left, left + width))
                .dup('c');
    }

    private void requireLarge(INDArray image) {
        ImageShapes.requireImage("image", image);
        if (image.size(1) != 1 || image.size(2) < crop || image.size(3) < crop) {
            throw Args.failure(
                    "image",
                    "gray and of at least " + crop + " x " + crop
                            + " pixels, a crop; take smaller crops, or leave it out",
                    image.size(1) + " channels of " + image.size(3) + " x " + image.size(2));
        }
    }

    private static float[][] plane(INDArray image) {
        int height = Math.toIntExact(image.size(2));
        int width = Math.toIntExact(image.size(3));
        double[] values = HostArrays.doubles(image.dup('c'));
        float[][] plane = new float[height][width];
        for (int i = 0; i < values.length; i++) {
            plane[i / width][i % width] = (float) values[i];
        }
        return plane;
    }

    private void run(MultiLayerNetwork net, ImageRestorer restorer, TrainingCrops crops, List<INDArray> heldOut)
            throws IOException {
        Random random = new Random(seed);
        Backtracking guard = new Backtracking(net);
        long start = System.nanoTime();
        double spent = 0;
        double reported = 0;
        double errors = 0;
        int batches = 0;
        for (int i = 0; i < iterations && spent < minutes; i++) {
            double done = Math.max((double) i / iterations, spent / minutes);
            net.setLearningRate(learningRate * guard.rate() * rate(i, done));
            DataSet drawn = crops.draw(random);
            net.fit(drawn);
            double error = net.score() / (crop * crop);
            if (guard.accept(error)) {
                errors += error;
                batches++;
            }
            spent = (System.nanoTime() - start) / 60e9;
            boolean last = i == iterations - 1 || spent >= minutes;
            if (spent - reported >= reportMinutes || last) {
                listener.accept(new RestorerProgress(
                        i + 1, iterations, spent, errors / Math.max(1, batches), quality(restorer, heldOut)));
                if (file != null) {
                    restorer.save(file);
                }
                reported = spent;
                errors = 0;
                batches = 0;
            }
        }
    }

    private static double rate(int iteration, double done) {
        double rise = Math.min(1, (iteration + 1.0) / WARM_UP);
        return rise * (LAST_RATE + (1 - LAST_RATE) * (1 + Math.cos(Math.PI * done)) / 2);
    }

    private double quality(ImageRestorer restorer, List<INDArray> heldOut) {
        double sum = 0;
        for (INDArray image : heldOut) {
            INDArray noisy = ImageNoise.add(image, LEVEL_OF_REPORTS, seed);
            sum += ImageQuality.psnr(restorer.denoise(noisy, LEVEL_OF_REPORTS), image);
        }
        return heldOut.isEmpty() ? Double.NaN : sum / heldOut.size();
    }
}
