package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Batches of labelled and unlabelled examples together, as {@link PartlyLabelledIterator}, for graphs with several inputs or
 * outputs.
 * <p>\[ L = \frac{1}{N} \sum_k \sum_{n \in S} \ell_k(x_n, y_{kn}) + \frac{w}{N} \sum_{n=1}^{N} E(x_n) \]
 * where k runs over the outputs; the rest of the notation is explained there. Every labelled example has a label for
 * every output.
 * <p>Shapes: features {@code [batch, ...]} for each input; labels and masks as there, for each output.
 * <p>Errors: {@code IllegalArgumentException} for examples of unequal number, shape or type.
 */
public final class PartlyLabelledMultiIterator implements MultiDataSetIterator {
    private static final long serialVersionUID = 1;

    private final transient PartlyLabelledBatches batches;
    private MultiDataSetPreProcessor preProcessor;

    private PartlyLabelledMultiIterator(PartlyLabelledBatches batches) {
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
    public MultiDataSet next() {
        MultiDataSet data = batches.next();
        if (preProcessor != null) {
            preProcessor.preProcess(data);
        }
        return data;
    }

    /** Unsupported: the size of the batches is chosen when the iterator is built. */
    @Override
    public MultiDataSet next(int size) {
        throw new UnsupportedOperationException(
                "batches must be taken by next(), of the size that was built, got next(" + size + ")");
    }

    /** Works on the whole batch, labelled and unlabelled, which is a copy. */
    @Override
    public void setPreProcessor(@Nullable MultiDataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public @Nullable MultiDataSetPreProcessor getPreProcessor() {
        return preProcessor;
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

    /** Builds a {@link PartlyLabelledMultiIterator}. */
    public static final class Builder extends PartlyLabelledOptions<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * The labelled examples.
         *
         * @param features one array per input, {@code [examples, ...]}, kept by reference where dense and in c order.
         *      Not modified.
         * @param labels   one array per output, kept as the features are. Not modified.
         */
        public Builder labelled(INDArray[] features, INDArray[] labels) {
            return withLabelled(new ExampleArrays("features", features), new ExampleArrays("labels", labels));
        }

        /**
         * The labelled examples.
         *
         * @param data without masks, which the iterator makes itself
         */
        public Builder labelled(MultiDataSet data) {
            if (Args.given("labelled", data).hasMaskArrays()) {
                throw Args.failure("labelled", "without masks, which the iterator makes", "a MultiDataSet with masks");
            }
            return labelled(data.getFeatures(), data.getLabels());
        }

        /**
         * The unlabelled examples.
         *
         * @param features one array per input, {@code [examples, ...]}, kept by reference where dense and in c order.
         *      Not modified.
         */
        public Builder unlabelled(INDArray... features) {
            return withUnlabelled(new ExampleArrays("features", features));
        }

        /** The unlabelled examples, batch by batch in the iterator's own order; its labels and masks are not used. */
        public Builder unlabelled(MultiDataSetIterator data) {
            return withUnlabelled(data);
        }

        /** The iterator. */
        public PartlyLabelledMultiIterator build() {
            return new PartlyLabelledMultiIterator(batches());
        }
    }
}
