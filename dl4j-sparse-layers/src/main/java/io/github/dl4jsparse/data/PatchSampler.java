package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Random patches of images, for unsupervised training.
 * <p>Every position of every image is drawn with the same probability, so that a large image gives more patches than a
 * small one. The labels of a batch are its features, the same array, as DL4J's auto-encoders take them; a pre-processor
 * that works in place changes both. The patches depend on the seed alone: {@code reset()} restarts the same ones, or,
 * with {@link Builder#freshEachEpoch}, starts those of the next epoch unless none of this epoch were drawn yet. The
 * last batch of an epoch may be smaller.
 * <p>Shapes: features {@code [batch, channels * height * width]}, in that order, or
 * {@code [batch, channels, height, width]}; of sequences {@code [batch, channels * time]}, or {@code [batch, channels, time]}; float.
 * <p>{@code build()} throws IllegalArgumentException for an image that is smaller than a patch, holds NaN or infinity, or
 * has another number of channels than the first; each is named.
 */
public final class PatchSampler implements DataSetIterator {
    private static final long serialVersionUID = 1L;

    private final RandomPatches source;
    private final long[] patchShape;
    private final int patches;
    private final int batch;
    private final boolean fresh;
    private DataSetPreProcessor preProcessor;
    private long epoch;
    private int drawn;

    private PatchSampler(Builder builder, RandomPatches source, long[] patchShape) {
        this.source = source;
        this.patchShape = patchShape;
        this.patches = builder.patches;
        this.batch = builder.batch;
        this.fresh = builder.fresh;
        source.start(epoch);
    }

    /** A sampler to be configured. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean hasNext() {
        return drawn < patches;
    }

    @Override
    public DataSet next() {
        return next(batch);
    }

    /**
     * The next patches of this epoch.
     *
     * @param number how many, at least 1; fewer come at the end of the epoch
     * @throws NoSuchElementException if the epoch is over
     */
    @Override
    public DataSet next(int number) {
        Args.atLeast("number", number, 1);
        if (!hasNext()) {
            throw new NoSuchElementException("all " + patches + " patches of this epoch are drawn: call reset()");
        }
        int size = Math.min(number, patches - drawn);
        float[] pixels = source.draw(size);
        drawn += size;
        long[] shape = new long[patchShape.length + 1];
        shape[0] = size;
        System.arraycopy(patchShape, 0, shape, 1, patchShape.length);
        INDArray features = Nd4j.create(pixels, shape, 'c');
        DataSet data = new DataSet(features, features);
        if (preProcessor != null) {
            preProcessor.preProcess(data);
        }
        return data;
    }

    /** Values of a patch. */
    @Override
    public int inputColumns() {
        return source.values();
    }

    /** Values of a patch: its label is the patch. */
    @Override
    public int totalOutcomes() {
        return source.values();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** True: every batch is a new array. */
    @Override
    public boolean asyncSupported() {
        return true;
    }

    /** Starts an epoch: the same patches again, or the next epoch's. */
    @Override
    public void reset() {
        if (fresh && drawn > 0) {
            epoch++;
        }
        source.start(epoch);
        drawn = 0;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void setPreProcessor(@Nullable DataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public @Nullable DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    /** Null: there are no classes. */
    @Override
    public @Nullable List<String> getLabels() {
        return null;
    }

    /**
     * Builds a {@link PatchSampler}; the images, the size of a patch, the batch and the patches of an epoch are
     * required.
     */
    public static final class Builder {
        private final List<SourceImage> images = new ArrayList<>();
        private final List<SourceImage> sequences = new ArrayList<>();
        private int height;
        private int width;
        private int batch;
        private int patches;
        private long seed;
        private double minimumVariance;
        private boolean removeMean;
        private boolean fresh;
        private boolean flattened = true;

        private Builder() {}

        /**
         * Adds a grayscale image.
         *
         * @param name   its name in error messages
         * @param pixels {@code [height][width]}. Not modified, copied.
         */
        public Builder image(String name, float[][] pixels) {
            images.add(SourceImage.of(name, pixels));
            return this;
        }

        /**
         * Adds an image.
         *
         * @param name   its name in error messages
         * @param pixels {@code [height, width]}, {@code [channels, height, width]} or {@code [1, channels, height, width]}. Not
         *               modified, copied.
         */
        public Builder image(String name, INDArray pixels) {
            images.add(SourceImage.of(name, pixels));
            return this;
        }

        /**
         * Adds every image of a batch.
         *
         * @param name   their name in error messages, which is followed by the index of the image
         * @param pixels {@code [images, channels, height, width]}. Not modified, copied.
         */
        public Builder images(String name, INDArray pixels) {
            images.addAll(SourceImage.ofBatch(name, pixels));
            return this;
        }

        /**
         * Adds sequences; patches are windows of time that hold all channels. A window with a masked step is never drawn.
         *
         * @param name   their name in error messages, which is followed by the index of the sequence
         * @param values {@code [sequences, channels, time]}. Not modified, copied.
         * @param mask   {@code [sequences, time]}, 1 for valid time steps and 0 for masked ones; null if all are valid.
         *      Not modified.
         * @throws IllegalArgumentException if shapes do not fit
         */
        public Builder sequences(String name, INDArray values, @Nullable INDArray mask) {
            sequences.addAll(SourceSequences.of(name, values, mask));
            return this;
        }

        /** Time steps of a patch of sequences, at least 1. */
        public Builder patchSteps(int steps) {
            return patchSize(1, Args.atLeast("patch steps", steps, 1));
        }

        /** Height and width of a patch in pixels, at least 1. */
        public Builder patchSize(int height, int width) {
            this.height = Args.atLeast("patch height", height, 1);
            this.width = Args.atLeast("patch width", width, 1);
            return this;
        }

        /** Patches of a batch, at least 1. */
        public Builder batch(int batch) {
            this.batch = Args.atLeast("batch", batch, 1);
            return this;
        }

        /** Patches of an epoch, at least 1. */
        public Builder patches(int patches) {
            this.patches = Args.atLeast("patches", patches, 1);
            return this;
        }

        /** Seed of the choice of patches; default 0. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Takes only patches whose variance about the mean of each channel is at least this, finite and &gt;= 0; default 0,
         * all. It takes 4 bytes of memory per pixel.
         */
        public Builder minimumVariance(double variance) {
            this.minimumVariance = Args.nonNegative("minimumVariance", variance);
            return this;
        }

        /** Subtracts from each channel of each patch its mean; default no. */
        public Builder removeMean(boolean removeMean) {
            this.removeMean = removeMean;
            return this;
        }

        /** Whether every epoch has new patches; default no: {@code reset()} restarts the same ones. */
        public Builder freshEachEpoch(boolean fresh) {
            this.fresh = fresh;
            return this;
        }

        /** Whether a patch is one row, {@code [batch, channels * height * width]}; default yes. */
        public Builder flattened(boolean flattened) {
            this.flattened = flattened;
            return this;
        }

        /** The sampler. */
        public PatchSampler build() {
            Args.atLeast("number of images", images.size() + sequences.size(), 1);
            Args.atLeast("patch height", height, 1);
            Args.atLeast("batch", batch, 1);
            Args.atLeast("patches", patches, 1);
            List<SourceImage> images = sources();
            int channels = images.get(0).channels();
            for (SourceImage image : images) {
                if (image.channels() != channels) {
                    throw image.failure("of " + channels + " channels as the first", image.channels());
                }
            }
            long floats = (long) batch * channels * height * width;
            if (floats > Integer.MAX_VALUE) {
                throw Args.failure("batch", "at most 2^31 - 1 pixels", batch + " patches, " + floats + " pixels");
            }
            PatchPositions places =
                    new PatchPositions(images.toArray(SourceImage[]::new), height, width, minimumVariance);
            RandomPatches source = new RandomPatches(places, channels, height * width, removeMean, seed);
            return new PatchSampler(this, source, patchShape(channels));
        }

        private long[] patchShape(int channels) {
            if (flattened) {
                return new long[] {(long) channels * height * width};
            }
            return sequences.isEmpty() ? new long[] {channels, height, width} : new long[] {channels, width};
        }

        /** The images, or the unmasked intervals of sequences that are at least as long as a patch. */
        private List<SourceImage> sources() {
            if (sequences.isEmpty()) {
                return images;
            }
            if (!images.isEmpty() || height != 1) {
                throw Args.failure(
                        "patches of sequences", "of patchSteps(n), without images beside them", height + " x " + width);
            }
            List<SourceImage> enough = sequences.stream()
                    .filter(stretch -> stretch.width() >= width)
                    .toList();
            if (enough.isEmpty()) {
                throw Args.failure(
                        "patchSteps",
                        "at most the longest stretch without a masked step, "
                                + sequences.stream()
                                        .mapToInt(SourceImage::width)
                                        .max()
                                        .orElse(0),
                        width);
            }
            return enough;
        }
    }
}
