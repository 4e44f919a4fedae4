package io.github.dl4jsparse.train;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the passes over an iterator, and brings a new one to where that of an interrupted run was. */
final class DataPasses implements MultiDataSetIterator {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(DataPasses.class);

    private final transient MultiDataSetIterator data;
    private int count;

    DataPasses(MultiDataSetIterator data) {
        this.data = data;
    }

    /** Passes that were begun, with those that were skipped. */
    int count() {
        return count;
    }

    /**
     * Reads passes and drops them, so that the next one is what it would have been without an interruption. Where the
     * second is as the first, all are taken for the same and no more are read.
     *
     * @param passes of the interrupted run; none are read of an iterator that can't be reset
     */
    void skip(int passes) {
        if (data instanceof UnlabelledBatches arrays) {
            arrays.skip(passes);
        } else if (passes > 0 && data.resetSupported()) {
            log.info("reading up to {} passes over the data again, those before the interruption", passes);
            long first = read();
            boolean same = passes > 1 && read() == first;
            for (int pass = 2; pass < passes && !same; pass++) {
                read();
            }
        }
        count = passes;
    }

    /** One pass; the checksum of its features. */
    private long read() {
        data.reset();
        CRC32 sum = new CRC32();
        while (data.hasNext()) {
            for (INDArray features : data.next().getFeatures()) {
                ByteBuffer bytes = features.dup('c').data().asNio();
                bytes.rewind();
                sum.update(bytes);
            }
        }
        return sum.getValue();
    }

    @Override
    public void reset() {
        data.reset();
        count++;
    }

    @Override
    public boolean hasNext() {
        return data.hasNext();
    }

    @Override
    public MultiDataSet next() {
        return data.next();
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
