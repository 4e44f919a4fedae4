package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * An iterator of examples without labels that works wherever DL4J takes an iterator.
 * <p>The labels of a batch are its features, the same array, as DL4J's auto-encoders take them. A {@code DataSet}
 * without labels does not work everywhere: in DL4J 1.0.0-M2.1 its {@code asList}, {@code shuffle}, {@code getRange},
 * {@code copy} and {@code merge} end in a NullPointerException, and with them ListDataSetIterator, ViewIterator,
 * SamplingDataSetIterator, INDArrayDataSetIterator, DataSetIteratorSplitter and an IteratorDataSetIterator that has to
 * cut batches; {@code fit()} of a network silently ends the epoch at the first such batch. To train a classifier on
 * labelled and unlabelled examples together take a {@link PartlyLabelledIterator}.
 * <p>The order of an epoch is determined by the seed and the number of calls of {@code reset()}.
 * <p>Shapes: features {@code [batch, ...]}. A pre-processor works on a copy.
 */
public final class UnlabelledIterator implements DataSetIterator {
    private static final long serialVersionUID = 1;

    private final transient FeatureBatches source;
    private final long seed;
    private DataSetPreProcessor preProcessor;
    private long epoch;

    private UnlabelledIterator(FeatureBatches source, long seed) {
        this.source = source;
        this.seed = seed;
        source.start(seed);
    }

    /**
     * The examples of one array, reshuffled in every epoch.
     *
     * @param features {@code [examples, ...]}, kept by reference where it is dense and in c order. Not modified.
     * @param batch    examples per batch, at least 1; the last batch of an epoch may be smaller
     * @param seed     of the order
     * @throws IllegalArgumentException if there is no example, or the batch is below 1
     */
    public static UnlabelledIterator of(INDArray features, int batch, long seed) {
        return new UnlabelledIterator(
                new FeatureBatches.OfArrays(new ExampleArrays("features", features), batch), seed);
    }

    /**
     * Given batches, whose order is reshuffled in every epoch.
     *
     * @param batches each {@code [examples, ...]}, kept by reference. Not modified.
     * @param seed    of the order
     * @throws IllegalArgumentException if there is no batch, or one has no example
     */
    public static UnlabelledIterator ofBatches(List<INDArray> batches, long seed) {
        return new UnlabelledIterator(new FeatureBatches.OfList(batches), seed);
    }

    /**
     * The features of another iterator, whose batches may lack labels, in its order.
     *
     * @param data its labels and masks are left out
     */
    public static UnlabelledIterator of(DataSetIterator data) {
        return new UnlabelledIterator(new FeatureBatches.OfIterator(data), 0);
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    /** @throws NoSuchElementException if the epoch is over */
    @Override
    public DataSet next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all batches of this epoch are drawn: call reset()");
        }
        INDArray features = source.next()[0];
        INDArray own = preProcessor == null || source.copies() ? features : features.dup();
        DataSet data = new DataSet(own, own);
        if (preProcessor != null) {
            preProcessor.preProcess(data);
        }
        return data;
    }

    /** Unsupported: the size of the batches is chosen when the iterator is made. */
    @Override
    public DataSet next(int size) {
        throw new UnsupportedOperationException(
                "batches must be taken by next(), of the size that the iterator was made with, got next(" + size + ")");
    }

    /** The size of the second axis of the features; -1 or 0 if the wrapped iterator does not know it. */
    @Override
    public int inputColumns() {
        return source.columns();
    }

    /** As many as {@link #inputColumns}: labels are the features. */
    @Override
    public int totalOutcomes() {
        return source.columns();
    }

    @Override
    public boolean resetSupported() {
        return source.resettable();
    }

    /** True, unless the wrapped iterator returns false. */
    @Override
    public boolean asyncSupported() {
        return !(source instanceof FeatureBatches.OfIterator) || source.copies();
    }

    @Override
    public void reset() {
        if (!resetSupported()) {
            throw Args.failure("data", "an iterator with reset() for more than one pass", "one without");
        }
        // an asynchronous prefetch may have drawn batches before: therefore every reset counts
        epoch++;
        source.start(seed + epoch);
    }

    @Override
    public int batch() {
        return source.batch();
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
}
