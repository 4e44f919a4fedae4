package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Settings of an {@link AnomalyDetector}; {@link #fit(ExampleSet)} makes one. Numbers are checked where they are set. */
public final class AnomalyDetectorBuilder {
    private static final int LEAST_PATCHED = 32;
    private static final int LARGE = 256;
    private static final double WHOLE_WEIGHT = 0.2;
    private static final double PATCH_WEIGHT = 0.6;

    private double falseAlarms = 0.01;
    private int units = 64;
    private Double penaltyWeight;
    private int patchHeight;
    private int patchWidth;
    private int stride;
    private double topShare = 0.01;
    private double heldOut = 0.3;
    private boolean robust;
    private int updates = 600;
    private double learningRate = 3e-3;
    private long seed = 1;

    AnomalyDetectorBuilder() {}

    /** Share of good examples that may be called anomalous, above 0 and below 1; default 0.01. */
    public AnomalyDetectorBuilder falseAlarms(double share) {
        this.falseAlarms = between("share of false alarms", share);
        return this;
    }

    /** Atoms of the dictionary, at least 1; default 64. */
    public AnomalyDetectorBuilder units(int number) {
        this.units = Args.atLeast("units", number, 1);
        return this;
    }

    /**
     * Weight of the L1 norm beside {@code 1/2 |x - D z|^2}, where pieces have a mean square length of 1: above 0; default 0.2 for whole
     * examples, 0.6 for patches. With a weight so large that codes are zero the score is the distance from the mean.
     */
    public AnomalyDetectorBuilder penaltyWeight(double weight) {
        this.penaltyWeight = Args.positive("penalty weight", weight);
        return this;
    }

    /**
     * Divides images into overlapping patches; default 6 x 6 for images of at least 32 x 32 pixels.
     *
     * @param height at least 1, at most the images'; 1 for signals
     * @param width  at least 1, at most the images'
     */
    public AnomalyDetectorBuilder patch(int height, int width) {
        this.patchHeight = Args.atLeast("height of a patch", height, 1);
        this.patchWidth = Args.atLeast("width of a patch", width, 1);
        return this;
    }

    /** Compares whole examples, which must be aligned; the default for vectors, signals and small images. */
    public AnomalyDetectorBuilder whole() {
        this.patchHeight = -1;
        this.patchWidth = -1;
        return this;
    }

    /** Pixels between the starts of patches, at least 1; default 2, for images of at least 256 x 256 pixels 3. */
    public AnomalyDetectorBuilder stride(int pixels) {
        this.stride = Args.atLeast("stride", pixels, 1);
        return this;
    }

    /**
     * The score of an image is the mean of this share of the heat map, of its largest values: above 0, at most 1;
     * default 0.01.
     */
    public AnomalyDetectorBuilder topShare(double share) {
        if (share != 1) {
            between("top share", share);
        }
        this.topShare = share;
        return this;
    }

    /** Share of the good examples that is not fitted but sets scale and threshold, above 0 and below 1; default 0.3. */
    public AnomalyDetectorBuilder heldOut(double share) {
        this.heldOut = between("share of held-out examples", share);
        return this;
    }

    /**
     * Allows for unmarked anomalous examples among the good ones, fewer than half; default no. The dictionary is fitted
     * first to the half nearest to the median, then four times to the half of least energy, at last to all within 3.5
     * deviations; held-out examples beyond that are left out, too.
     * <p>Reference: Rousseeuw and Van Driessen, A fast algorithm for the minimum covariance determinant estimator, Technometrics 41,
     * 1999, whose concentration steps and re-weighting these are.
     */
    public AnomalyDetectorBuilder robust(boolean allow) {
        this.robust = allow;
        return this;
    }

    /** Updates of the dictionary, at least 1; default 600. */
    public AnomalyDetectorBuilder updates(int number) {
        this.updates = Args.atLeast("updates", number, 1);
        return this;
    }

    /** Learning rate of Adam, finite and above 0; default 3e-3. */
    public AnomalyDetectorBuilder learningRate(double rate) {
        this.learningRate = Args.positive("learning rate", rate);
        return this;
    }

    /** Seed of everything random; default 1. */
    public AnomalyDetectorBuilder seed(long number) {
        this.seed = number;
        return this;
    }

    private static double between(String name, double share) {
        if (!(share > 0 && share < 1)) {
            throw Args.failure(name, "above 0 and below 1", share);
        }
        return share;
    }

    /**
     * Fits a detector to good examples alone. Labels are not used.
     *
     * @throws IllegalArgumentException if there are too few, or they are not finite
     */
    public AnomalyDetector fit(ExampleSet good) {
        return AnomalyFit.of(Args.given("good", good).features(), null, good.columns(), this);
    }

    /**
     * Fits a detector to good examples alone.
     *
     * @param good {@code [examples, features]}, {@code [examples, channels, time]} or {@code [examples, channels, height, width]}. Not
     *             modified.
     * @throws IllegalArgumentException if there are too few, or they are not finite
     */
    public AnomalyDetector fit(INDArray good) {
        return AnomalyFit.of(Args.given("good", good), null, List.of(), this);
    }

    /**
     * Fits a detector to good examples, and takes scale and threshold from others; {@link #heldOut(double)} is then not
     * used.
     *
     * @param good         as in {@link #fit(INDArray)}. Not modified.
     * @param heldOutGoods further good examples of that shape. Not modified.
     * @throws IllegalArgumentException if there are too few, or they are not finite
     */
    public AnomalyDetector fit(INDArray good, INDArray heldOutGoods) {
        return AnomalyFit.of(
                Args.given("good", good), Args.given("held-out good examples", heldOutGoods), List.of(), this);
    }

    /** The division into pieces of examples of a shape. */
    PieceLayout layout(int channels, int height, int width) {
        boolean patched = patchHeight > 0 || patchHeight == 0 && Math.min(height, width) >= LEAST_PATCHED;
        if (!patched) {
            return new PieceLayout(channels, height, width, height, width, 1);
        }
        int side = 6;
        int usual = Math.min(height, width) < LARGE ? 2 : 3;
        return new PieceLayout(
                channels,
                height,
                width,
                patchHeight > 0 ? patchHeight : side,
                patchWidth > 0 ? patchWidth : side,
                stride > 0 ? stride : usual);
    }

    double falseAlarms() {
        return falseAlarms;
    }

    int units() {
        return units;
    }

    double penaltyWeight(boolean whole) {
        return penaltyWeight != null ? penaltyWeight : whole ? WHOLE_WEIGHT : PATCH_WEIGHT;
    }

    double topShare() {
        return topShare;
    }

    double heldOut() {
        return heldOut;
    }

    boolean robust() {
        return robust;
    }

    int updates() {
        return updates;
    }

    double learningRate() {
        return learningRate;
    }

    long seed() {
        return seed;
    }
}
