package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of labelled and unlabelled examples together, for {@code fit()} of a network whose layers have an unsupervised loss.
 * <p>\[ L = \frac{1}{N} \sum_{n \in S} \ell(x_n, y_n) + \frac{w}{N} \sum_{n=1}^{N} E(x_n) \]
 * where S are the labelled examples of a batch of N, l is the loss of the output layer, E the energy of a layer, and w
 * its unsupervised weight, the same for all examples of the batch. Unlabelled examples have labels of zero and a label
 * mask of zero. DL4J divides a masked loss by all N examples, so that the mean loss of the labelled ones has the weight
 * |S| / N, their {@link Builder#labelledShare share}. For a weight of 1 multiply w by the share, or give an output
 * layer {@code new LossMCXENT(weights)} with N / |S| for every class. A mask of N / |S| would not work: DL4J 1.0.0-M2.1
 * multiplies the output layer's activations by it, too.
 * <p>An epoch has every unlabelled example once. Labelled ones are drawn in rounds: each once before any is drawn
 * again. The draw is determined by the seed and the number of calls of {@code reset()}.
 * <p>DL4J's {@code fit()} itself silently ends an epoch at the first {@code DataSet} without labels.
 * <p>Shapes: features {@code [batch, ...]}; labels {@code [batch, classes]} with a mask {@code [batch, 1]}, or of time steps
 * {@code [batch, classes, steps]} with {@code [batch, steps]}, or of images {@code [batch, classes, height, width]} with
 * {@code [batch, 1]}. The labelled rows come first. For training only: evaluate on labelled data. The center term of
 * DL4J's CenterLossOutputLayer ignores masks; use an OutputLayer.
 * <p>Errors: {@code IllegalArgumentException} for examples of unequal shape or type, named with both.
 * <p>Reference: Ranzato and Szummer, Semi-supervised learning of compact document representations with deep networks, ICML 2008.
 */
public final class PartlyLabelledIterator implements DataSetIterator {
    private static final long serialVersionUID = 1;

    private final transient PartlyLabelledBatches batches;
    private DataSetPreProcessor preProcessor;

    private PartlyLabelledIterator(PartlyLabelledBatches batches) {
        this.batches = batches;
    }

    /** An iterator to be configured; labelled and unlabelled examples are required. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean hasNext() {
        return batches.hasNext();
    }

    @Override
    public DataSet next() {
        MultiDataSet both = batches.next();
        DataSet data = new DataSet(both.getFeatures(0), both.getLabels(0), null, both.getLabelsMaskArray(0));
        if (preProcessor != null) {
            preProcessor.preProcess(data);
        }
        return data;
    }

    /** Unsupported: the size of the batches is chosen when the iterator is built. */
    @Override
    public DataSet next(int size) {
        throw new UnsupportedOperationException(
                "batches must be taken by next(), of the size that was built, got next(" + size + ")");
    }

    /** The size of the second axis of the features. */
    @Override
    public int inputColumns() {
        return batches.inputColumns();
    }

    /** The number of classes. */
    @Override
    public int totalOutcomes() {
        return batches.totalOutcomes();
    }

    @Override
    public boolean resetSupported() {
        return batches.resettable();
    }

    @Override
    public boolean asyncSupported() {
        return batches.asynchronous();
    }

    @Override
    public void reset() {
        batches.reset();
    }

    /** -1: the size depends on the unlabelled batches. */
    @Override
    public int batch() {
        return -1;
    }

    /** Works on the whole batch, labelled and unlabelled, which is a copy. */
    @Override
    public void setPreProcessor(@Nullable DataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public @Nullable DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    /** Null: the names of the classes are not known. */
    @Override
    public @Nullable List<String> getLabels() {
        return null;
    }

    /** Builds a {@link PartlyLabelledIterator}. */
    public static final class Builder extends PartlyLabelledOptions<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * The labelled examples.
         *
         * @param features {@code [examples, ...]}, kept by reference where dense and in c order. Not modified.
         * @param labels   {@code [examples, classes]}, as the output layer takes them; kept as the features are. Not modified.
         */
        public Builder labelled(INDArray features, INDArray labels) {
            return withLabelled(new ExampleArrays("features", features), new ExampleArrays("labels", labels));
        }

        /**
         * The labelled examples.
         *
         * @param data without masks, which the iterator makes itself; kept as {@link #labelled(INDArray, INDArray)} does
         */
        public Builder labelled(org.nd4j.linalg.dataset.api.DataSet data) {
            if (Args.given("labelled", data).hasMaskArrays()) {
                throw Args.failure("labelled", "without masks, which the iterator makes", "a DataSet with masks");
            }
            return labelled(data.getFeatures(), data.getLabels());
        }

        /** The labelled examples: one pass is read at once and stored. */
        public Builder labelled(DataSetIterator data) {
            if (Args.given("labelled", data).resetSupported()) {
                data.reset();
            }
            List<DataSet> read = new ArrayList<>();
            data.forEachRemaining(read::add);
            return stacked(read);
        }

        private Builder stacked(List<DataSet> read) {
            Args.atLeast("number of labelled batches", read.size(), 1);
            if (read.stream().anyMatch(DataSet::hasMaskArrays)) {
                throw Args.failure("labelled", "without masks, which the iterator makes", "a DataSet with masks");
            }
            INDArray[] features = read.stream().map(DataSet::getFeatures).toArray(INDArray[]::new);
            INDArray[] labels = read.stream()
                    .map(batch -> Args.given("labels of a labelled batch", batch.getLabels()))
                    .toArray(INDArray[]::new);
            return labelled(Nd4j.concat(0, features), Nd4j.concat(0, labels));
        }

        /**
         * The unlabelled examples; they may include the labelled ones, too.
         *
         * @param features {@code [examples, ...]}, kept by reference where dense and in c order. Not modified.
         */
        public Builder unlabelled(INDArray features) {
            return withUnlabelled(new ExampleArrays("features", features));
        }

        /** The unlabelled examples, batch by batch in the iterator's own order; its labels and masks are not used. */
        public Builder unlabelled(DataSetIterator data) {
            return withUnlabelled(new MultiDataSetIteratorAdapter(Args.given("unlabelled", data)));
        }

        /**
         * Labelled and unlabelled examples in one: batches without labels are the unlabelled examples. One pass is read
         * at once and stored.
         *
         * @throws IllegalArgumentException if all have labels, or none has
         */
        public Builder mixture(DataSetIterator data) {
            if (Args.given("mixture", data).resetSupported()) {
                data.reset();
            }
            List<DataSet> with = new ArrayList<>();
            List<INDArray> without = new ArrayList<>();
            while (data.hasNext()) {
                DataSet batch = data.next();
                if (batch.getLabels() == null) {
                    without.add(batch.getFeatures());
                } else {
                    with.add(batch);
                }
            }
            if (with.isEmpty() || without.isEmpty()) {
                throw Args.failure(
                        "mixture",
                        "of batches with labels and batches without",
                        with.size() + " with and " + without.size() + " without");
            }
            return stacked(with).unlabelled(Nd4j.concat(0, without.toArray(INDArray[]::new)));
        }

        /** The iterator. */
        public PartlyLabelledIterator build() {
            return new PartlyLabelledIterator(batches());
        }
    }
}
