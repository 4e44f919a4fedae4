package io.github.dl4jsparse.train;

import java.util.zip.CRC32;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the passes over an iterator, checks whether two passes give the same examples, and advances a new iterator to
 * the state of an interrupted run.
 */
final class DataPasses implements MultiDataSetIterator {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(DataPasses.class);

    private final transient MultiDataSetIterator data;
    private int count;
    private transient PassFingerprint current;
    private transient PassFingerprint first;
    private boolean known;
    private boolean same;

    DataPasses(MultiDataSetIterator data) {
        this.data = data;
        // examples given as arrays do not change
        this.known = data instanceof UnlabelledBatches;
        this.same = known;
    }

    /**
     * Whether every pass gives the same examples, in any order: compares two whole passes, which are read for this if
     * they have not been read before.
     */
    boolean repeats() {
        while (!known && data.resetSupported()) {
            reset();
            while (hasNext()) {
                next();
            }
        }
        return !known || same;
    }

    /** The result of {@link #repeats}, for {@link #know}; null before it is known. */
    Boolean knowledge() {
        return known ? same : null;
    }

    /** Sets the result of an interrupted run. */
    void know(Boolean found) {
        known = found != null;
        same = known && found;
    }

    private void passRead() {
        if (known || current == null) {
            return;
        }
        if (first == null) {
            first = current;
        } else {
            know(first.value() == current.value());
        }
        current = null;
    }

    /** The number of started passes, including skipped ones. */
    int count() {
        return count;
    }

    /**
     * Reads and discards passes, so that the next one is that of an uninterrupted run. If the second equals the first,
     * all passes are assumed to be equal and no more are read.
     *
     * @param until number of passes of the interrupted run; none are read of an iterator that can't be reset
     */
    void skip(int until) {
        int passes = until - count;
        if (data instanceof UnlabelledBatches arrays) {
            arrays.skip(until);
        } else if (passes > 0 && data.resetSupported()) {
            log.info("reading up to {} passes over the data again, those before the interruption", passes);
            long first = read();
            boolean same = passes > 1 && read() == first;
            for (int pass = 2; pass < passes && !same; pass++) {
                read();
            }
        }
        count = Math.max(count, until);
    }

    /** Reads one pass; returns the checksum of its features. */
    private long read() {
        data.reset();
        CRC32 sum = new CRC32();
        while (data.hasNext()) {
            for (INDArray features : data.next().getFeatures()) {
                new FeatureBytes(features).addTo(sum, 0, features.length());
            }
        }
        return sum.getValue();
    }

    @Override
    public void reset() {
        data.reset();
        count++;
        current = known ? null : new PassFingerprint();
    }

    @Override
    public boolean hasNext() {
        boolean more = data.hasNext();
        if (!more) {
            passRead();
        }
        return more;
    }

    @Override
    public MultiDataSet next() {
        MultiDataSet batch = data.next();
        if (current != null) {
            current.add(batch.getFeatures());
        }
        return batch;
    }

    @Override
    public MultiDataSet next(int size) {
        return data.next(size);
    }

    @Override
    public boolean resetSupported() {
        return data.resetSupported();
    }

    @Override
    public boolean asyncSupported() {
        return data.asyncSupported();
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        data.setPreProcessor(preProcessor);
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return data.getPreProcessor();
    }
}
