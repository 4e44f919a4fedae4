package io.github.dl4jsparse.task;

import io.github.dl4jsparse.data.PatchSampler;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.task.data.ImageChannels;
import io.github.dl4jsparse.task.data.WholeImages;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Learns a dictionary of patches to restore with: of photographs, or of the noisy image itself.
 * <p>\[ \min_D \sum_x \min_z \tfrac12 \lVert x - D z \rVert_2^2 + c\, \sigma \lVert z \rVert_1, \qquad
 * \lVert D_i \rVert_2 \le 1 \]
 * where x are patches without their means, and sigma is their noise level, or the one that the dictionary is made for.
 * An image is restored from as few atoms a patch as leave a residual of at most C standard deviations of the noise.
 * <pre>{@code
 * INDArray noisy = ImageFile.read(Path.of("noisy.png"), ImageChannels.GRAY);
 * INDArray clean = ImageRestorer.dictionary().fitTo(noisy, 25 / 255.0).denoise(noisy, 25 / 255.0);
 * }</pre>
 * <p>Errors: {@code IllegalArgumentException} for options out of their ranges and images smaller than a patch.
 * <p>Reference: Elad and Aharon, Image denoising via sparse and redundant representations over learned dictionaries, IEEE
 * Transactions on Image Processing 15, 2006.
 */
public final class DictionaryLearning {
    private static final int BATCH = 500;
    private static final double TYPICAL_NOISE = 25 / 255.0;

    private int patch = 8;
    private int atoms = 256;
    private int stride = 2;
    private double factor = 1.6;
    private double tolerance = 1.15;
    private int patches = 20_000;
    private int epochs = 5;
    private long seed = 1;

    DictionaryLearning() {}

    /** Side of a patch and pixels between patches when an image is restored; default 8 and 2. */
    public DictionaryLearning patch(int side, int between) {
        this.patch = Args.atLeast("side", side, 2);
        this.stride = Args.inRange("pixels between patches", between, 1, side);
        return this;
    }

    /** Atoms of the dictionary; default 256. */
    public DictionaryLearning atoms(int number) {
        this.atoms = Args.atLeast("atoms", number, 1);
        return this;
    }

    /** c, the weight of the L1 penalty of learning beside the noise level; default 1.6. */
    public DictionaryLearning penalty(double timesNoise) {
        this.factor = Args.positive("penalty", timesNoise);
        return this;
    }

    /** C, the residual of a patch in standard deviations of the noise at which its code is taken; default 1.15. */
    public DictionaryLearning tolerance(double timesNoise) {
        this.tolerance = Args.positive("tolerance", timesNoise);
        return this;
    }

    /** Patches of an epoch and epochs; default 20,000 and 5. */
    public DictionaryLearning learning(int patchesOfEpoch, int numberOfEpochs) {
        this.patches = Args.atLeast("patches of an epoch", patchesOfEpoch, BATCH);
        this.epochs = Args.atLeast("epochs", numberOfEpochs, 1);
        return this;
    }

    /** Seed of patches and atoms; default 1. */
    public DictionaryLearning seed(long value) {
        this.seed = value;
        return this;
    }

    /**
     * Learns from the photographs of a folder.
     *
     * @throws IOException if it has no images
     */
    public ImageRestorer fit(Path directory) throws IOException {
        return fit(WholeImages.of(directory, ImageChannels.GRAY).images().values());
    }

    /**
     * Learns from photographs without noise.
     *
     * @param images {@code [1, 1, height, width]}. Not modified.
     */
    public ImageRestorer fit(Collection<INDArray> images) {
        return fit(images, TYPICAL_NOISE);
    }

    /**
     * Learns from the noisy image that is to be restored; for a colour image from the mean of its channels.
     *
     * @param noisy {@code [1, 1 or 3, height, width]}. Not modified.
     * @param sigma its noise level
     */
    public ImageRestorer fitTo(INDArray noisy, double sigma) {
        ImageShapes.requirePhotograph("noisy", noisy);
        Args.positive("sigma", sigma);
        boolean gray = noisy.size(1) == 1;
        INDArray plane = gray ? noisy : noisy.mean(true, 1);
        return fit(List.of(plane), gray ? sigma : sigma * OpponentColours.NOISE);
    }

    /**
     * The same for an image with missing pixels: they are filled from their surroundings for learning.
     *
     * @param noisy not modified
     * @param mask  {@code [1, 1, height, width]}, 1 for known pixels and 0 for missing ones; null if all are known. Not modified.
     * @param sigma its noise level, &gt; 0
     */
    public ImageRestorer fitTo(INDArray noisy, INDArray mask, double sigma) {
        if (mask == null) {
            return fitTo(noisy, sigma);
        }
        ImageShapes.requirePhotograph("noisy", noisy);
        ImageShapes.requireMask(mask, noisy);
        INDArray planes = noisy.castTo(DataType.FLOAT).reshape('c', noisy.size(1), 1, noisy.size(2), noisy.size(3));
        return fitTo(HoleFilling.of(planes, mask).planes().reshape('c', noisy.shape()), sigma);
    }

    private ImageRestorer fit(Collection<INDArray> images, double sigma) {
        PatchSampler.Builder builder = PatchSampler.builder();
        int number = 0;
        for (INDArray image : images) {
            ImageShapes.requireImage("image", image);
            builder.image("image " + number++, pixels(image));
        }
        PatchSampler sampler = builder.patchSize(patch, patch)
                .batch(BATCH)
                .patches(patches)
                .removeMean(true)
                .freshEachEpoch(true)
                .flattened(true)
                .seed(seed)
                .build();
        MultiLayerNetwork net = network(factor * sigma);
        DataDictionary.start(
                net.getLayer(0), sampler.next(Math.max(atoms, BATCH)).getFeatures(), 1, seed);
        sampler.reset();
        LayerwisePretrainer.builder().epochs(epochs).memoryBudget(0).build().fit(net, sampler);
        return new ImageRestorer(new PatchRestoration(net, patch, stride, tolerance));
    }

    private MultiLayerNetwork network(double lambda) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(5e-3))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(atoms)
                        .penalty(new L1Penalty(lambda))
                        .solver(new CoordinateDescent(50, 1e-2))
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.feedForward((long) patch * patch))
                .build());
        net.init();
        return net;
    }

    private static float[][] pixels(INDArray image) {
        int width = Math.toIntExact(image.size(3));
        double[] values = HostArrays.doubles(image.dup('c'));
        float[][] pixels = new float[values.length / width][width];
        for (int i = 0; i < values.length; i++) {
            pixels[i / width][i % width] = (float) values[i];
        }
        return pixels;
    }
}
