package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds some labelled examples to every unlabelled batch, with masks that exclude the unlabelled ones from the
 * supervised loss.
 */
final class PartlyLabelledBatches {
    private final ExampleArrays features;
    private final ExampleArrays labels;
    private final MultiDataSetIterator unlabelled;
    private final double share;
    private final int fixed;
    private final long seed;
    private int[] order;
    private int position;
    private long round;
    private long epoch;

    /**
     * @param share of the labelled examples in a batch, if their number is not {@code fixed}
     * @param fixed number of labelled examples per batch, 0 for the share
     */
    PartlyLabelledBatches(
            ExampleArrays features,
            ExampleArrays labels,
            MultiDataSetIterator unlabelled,
            double share,
            int fixed,
            long seed) {
        this.features = features;
        this.labels = labels;
        this.unlabelled = unlabelled;
        this.share = share;
        this.fixed = fixed;
        this.seed = seed;
        start();
    }

    private void start() {
        if (unlabelled.resetSupported()) {
            unlabelled.reset();
        }
        round = 0;
        position = 0;
        order = ExampleArrays.shuffled(features.size(), mix(epoch, 0));
    }

    /** A different seed for every epoch and every round of the labelled examples. */
    private long mix(long epoch, long round) {
        return (seed * 0x9E3779B97F4A7C15L + epoch) * 0x9E3779B97F4A7C15L + round;
    }

    boolean hasNext() {
        return unlabelled.hasNext();
    }

    boolean resettable() {
        return unlabelled.resetSupported();
    }

    boolean asynchronous() {
        return unlabelled.asyncSupported();
    }

    void reset() {
        if (!resettable()) {
            throw Args.failure(
                    "unlabelled",
                    "an iterator with reset() for more than one epoch",
                    unlabelled.getClass().getName());
        }
        // an asynchronous prefetch may have drawn batches before: therefore every reset counts
        epoch++;
        start();
    }

    /** The number of labelled examples of a batch with a given number of unlabelled ones. */
    static int labelledFor(int unlabelled, double share, int fixed, int available) {
        int wanted = fixed > 0 ? fixed : (int) Math.max(1, Math.round(unlabelled * share / (1 - share)));
        return Math.min(wanted, available);
    }

    /** The values of an example of the one input. */
    int inputColumns() {
        return Math.toIntExact(features.array(0).size(1));
    }

    /** The classes of the one output. */
    int totalOutcomes() {
        return Math.toIntExact(labels.array(0).size(1));
    }

    /** The labelled examples first, then the unlabelled ones; all arrays are new. */
    MultiDataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all unlabelled examples of this epoch are drawn: call reset()");
        }
        INDArray[] without = unlabelled.next().getFeatures();
        requireFit(without);
        int others = Math.toIntExact(without[0].size(0));
        int[] chosen = draw(labelledFor(others, share, fixed, features.size()));
        INDArray[] all = features.take(chosen);
        INDArray[] targets = labels.take(chosen);
        INDArray[] masks = new INDArray[targets.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Nd4j.concat(0, all[i], without[i]);
        }
        for (int i = 0; i < targets.length; i++) {
            masks[i] = mask(targets[i], chosen.length, others);
            long[] shape = targets[i].shape().clone();
            shape[0] = others;
            targets[i] = Nd4j.concat(0, targets[i], Nd4j.zeros(targets[i].dataType(), shape));
        }
        return new MultiDataSet(all, targets, null, masks);
    }

    /** Ones and zeros: DL4J 1.0.0-M2.1 multiplies by a mask not only the loss of an output layer but its activations too. */
    private static INDArray mask(INDArray labelled, int count, int others) {
        DataType type = labelled.dataType().isFPType() ? labelled.dataType() : DataType.FLOAT;
        long columns = labelled.rank() == 3 ? labelled.size(2) : 1;
        return Nd4j.concat(0, Nd4j.ones(type, count, columns), Nd4j.zeros(type, others, columns));
    }

    /** The next labelled examples: each is drawn once before any is drawn again. */
    private int[] draw(int count) {
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            if (position == order.length) {
                round++;
                position = 0;
                order = ExampleArrays.shuffled(features.size(), mix(epoch, round));
            }
            chosen[i] = order[position++];
        }
        return chosen;
    }

    private void requireFit(INDArray[] unlabelledFeatures) {
        Args.given("features of an unlabelled batch", unlabelledFeatures);
        if (unlabelledFeatures.length != features.count()) {
            throw Args.failure(
                    "unlabelled",
                    "of " + features.count() + " arrays of features as the labelled",
                    unlabelledFeatures.length);
        }
        for (int i = 0; i < unlabelledFeatures.length; i++) {
            INDArray labelled = features.array(i);
            INDArray other = Args.given("features of an unlabelled batch", unlabelledFeatures[i]);
            long[] shape = other.shape().clone();
            if (shape.length > 0) {
                shape[0] = labelled.size(0);
            }
            if (!Arrays.equals(shape, labelled.shape()) || other.dataType() != labelled.dataType()) {
                throw Args.failure(
                        "unlabelled",
                        "of the type and shape of the labelled features, " + labelled.dataType() + " "
                                + Arrays.toString(labelled.shape()) + " but for the number of examples",
                        other.dataType() + " " + Arrays.toString(other.shape()));
            }
        }
    }
}
