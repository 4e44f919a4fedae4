package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Batches of features, pass by pass. */
interface FeatureBatches {
    /**
     * Starts a pass from the first batch, in an order determined by the seed where this source can choose the order.
     */
    void start(long seed);

    boolean hasNext();

    /** The next batch, one array per input. */
    INDArray[] next();

    /** Whether there can be a second pass. */
    boolean resettable();

    /** The number of examples of a full batch, 0 if unknown. */
    int batch();

    /** The number of values of an example, 0 if unknown. */
    int columns();

    /** Whether {@link #next} returns new arrays. */
    boolean copies();

    /** All examples of one array per input, in batches of one size that are reshuffled in every pass. */
    final class OfArrays implements FeatureBatches {
        private final ExampleArrays examples;
        private final int batch;
        private int[] order = {};
        private int drawn;

        OfArrays(ExampleArrays examples, int batch) {
            this.examples = examples;
            this.batch = Args.atLeast("batch", batch, 1);
        }

        @Override
        public void start(long seed) {
            order = ExampleArrays.shuffled(examples.size(), seed);
            drawn = 0;
        }

        @Override
        public boolean hasNext() {
            return drawn < order.length;
        }

        @Override
        public INDArray[] next() {
            int end = Math.min(order.length, drawn + batch);
            INDArray[] features = examples.take(Arrays.copyOfRange(order, drawn, end));
            drawn = end;
            return features;
        }

        @Override
        public boolean resettable() {
            return true;
        }

        @Override
        public int batch() {
            return batch;
        }

        @Override
        public int columns() {
            return columnsOf(examples.array(0));
        }

        @Override
        public boolean copies() {
            return true;
        }
    }

    /** Given batches of one input, whose order is reshuffled in every pass. */
    final class OfList implements FeatureBatches {
        private final List<INDArray> batches;
        private int[] order = {};
        private int drawn;

        OfList(List<INDArray> batches) {
            Args.atLeast("number of batches", Args.given("batches", batches).size(), 1);
            batches.forEach(batch -> new ExampleArrays("batches", batch));
            this.batches = List.copyOf(batches);
        }

        @Override
        public void start(long seed) {
            order = ExampleArrays.shuffled(batches.size(), seed);
            drawn = 0;
        }

        @Override
        public boolean hasNext() {
            return drawn < order.length;
        }

        @Override
        public INDArray[] next() {
            return new INDArray[] {batches.get(order[drawn++])};
        }

        @Override
        public boolean resettable() {
            return true;
        }

        @Override
        public int batch() {
            return (int) batches.get(0).size(0);
        }

        @Override
        public int columns() {
            return columnsOf(batches.get(0));
        }

        @Override
        public boolean copies() {
            return false;
        }
    }

    /** Given batches, one array per input, always in this order. */
    final class InOrder implements FeatureBatches {
        private final List<INDArray[]> batches;
        private int drawn;

        InOrder(List<INDArray[]> batches) {
            this.batches = batches;
        }

        @Override
        public void start(long seed) {
            drawn = 0;
        }

        @Override
        public boolean hasNext() {
            return drawn < batches.size();
        }

        @Override
        public INDArray[] next() {
            return batches.get(drawn++);
        }

        @Override
        public boolean resettable() {
            return true;
        }

        @Override
        public int batch() {
            return 0;
        }

        @Override
        public int columns() {
            return 0;
        }

        @Override
        public boolean copies() {
            return false;
        }
    }

    /** The features of an iterator of one input, in its own order. */
    final class OfIterator implements FeatureBatches {
        private final DataSetIterator data;

        OfIterator(DataSetIterator data) {
            this.data = Args.given("data", data);
        }

        @Override
        public void start(long seed) {
            if (data.resetSupported()) {
                data.reset();
            }
        }

        @Override
        public boolean hasNext() {
            return data.hasNext();
        }

        @Override
        public INDArray[] next() {
            return new INDArray[] {Args.given("features of a batch", data.next().getFeatures())};
        }

        @Override
        public boolean resettable() {
            return data.resetSupported();
        }

        @Override
        public int batch() {
            return data.batch();
        }

        @Override
        public int columns() {
            return data.inputColumns();
        }

        @Override
        public boolean copies() {
            return data.asyncSupported();
        }
    }

    private static int columnsOf(INDArray features) {
        return Math.toIntExact(features.size(1));
    }
}
