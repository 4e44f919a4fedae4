package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * The common options of {@link PartlyLabelledIterator} and {@link PartlyLabelledMultiIterator}.
 *
 * @param <B> the builder itself
 */
abstract class PartlyLabelledOptions<B extends PartlyLabelledOptions<B>> {
    private ExampleArrays features;
    private ExampleArrays labels;
    private ExampleArrays arrays;
    private MultiDataSetIterator unlabelled;
    private int batch = 64;
    private boolean batchGiven;
    private double share = 0.25;
    private int labelledPerBatch;
    private long seed;

    PartlyLabelledOptions() {}

    abstract B self();

    final B withLabelled(ExampleArrays newFeatures, ExampleArrays newLabels) {
        if (newFeatures.size() != newLabels.size()) {
            throw Args.failure("labels", "one for each of the " + newFeatures.size() + " examples", newLabels.size());
        }
        features = newFeatures;
        labels = newLabels;
        return self();
    }

    final B withUnlabelled(ExampleArrays newArrays) {
        arrays = newArrays;
        unlabelled = null;
        return self();
    }

    final B withUnlabelled(MultiDataSetIterator data) {
        unlabelled = Args.given("unlabelled", data);
        arrays = null;
        return self();
    }

    /**
     * Examples per batch, labelled and unlabelled together, at least 2; default 64. For unlabelled arrays: an iterator
     * has batches already, to which the labelled examples are added.
     */
    public final B batch(int newBatch) {
        batch = Args.atLeast("batch", newBatch, 2);
        batchGiven = true;
        return self();
    }

    /**
     * Share of the labelled examples in a batch, between 0 and 1; default 0.25. At least one, at most all that there are. The
     * mean loss of the labelled examples has the weight of their share.
     */
    public final B labelledShare(double newShare) {
        if (!(newShare > 0 && newShare < 1)) {
            throw Args.failure("labelledShare", "above 0 and below 1", newShare);
        }
        share = newShare;
        labelledPerBatch = 0;
        return self();
    }

    /** Number of labelled examples in a batch instead of their share, at least 1 and at most as many as there are. */
    public final B labelledPerBatch(int number) {
        labelledPerBatch = Args.atLeast("labelledPerBatch", number, 1);
        return self();
    }

    /** Seed of the order of the examples, unlabelled arrays and labelled ones; default 0. */
    public final B seed(long newSeed) {
        seed = newSeed;
        return self();
    }

    final PartlyLabelledBatches batches() {
        if (features == null) {
            throw Args.failure("labelled", "given", null);
        }
        if (labelledPerBatch > features.size()) {
            throw Args.failure(
                    "labelledPerBatch",
                    "at most the " + features.size() + " labelled examples that there are",
                    labelledPerBatch);
        }
        return new PartlyLabelledBatches(features, labels, source(), share, labelledPerBatch, seed);
    }

    private MultiDataSetIterator source() {
        if (unlabelled != null) {
            if (batchGiven) {
                throw Args.failure("batch", "left out where the unlabelled data are batches already", batch);
            }
            return unlabelled;
        }
        if (arrays == null) {
            throw Args.failure("unlabelled", "given", null);
        }
        int labelled = labelledPerBatch > 0 ? labelledPerBatch : (int) Math.max(1, Math.round(batch * share));
        labelled = Math.min(labelled, features.size());
        if (labelled >= batch) {
            throw Args.failure("labelledPerBatch", "less than the batch of " + batch, labelled);
        }
        return new UnlabelledBatches(new FeatureBatches.OfArrays(arrays, batch - labelled), seed);
    }
}
