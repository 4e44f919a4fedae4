package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** Batches of features without labels; the order of a pass is determined by the seed and the index of the pass. */
final class UnlabelledBatches implements MultiDataSetIterator {
    private static final long serialVersionUID = 1;

    private final transient FeatureBatches source;
    private final long seed;
    private long pass;

    UnlabelledBatches(FeatureBatches source, long seed) {
        this.source = source;
        this.seed = seed;
        source.start(seed);
    }

    /** Continues as if {@link #reset} had been called this many times before. */
    void skip(int passes) {
        pass = passes;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public MultiDataSet next() {
        return new MultiDataSet(source.next(), null);
    }

    @Override
    public MultiDataSet next(int size) {
        throw new UnsupportedOperationException("batches must be taken by next(), got next(" + size + ")");
    }

    @Override
    public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        throw Args.failure("preProcessor", "left out of batches that are given as arrays", preProcessor);
    }

    @Override
    public MultiDataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public boolean resetSupported() {
        return source.resettable();
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }

    @Override
    public void reset() {
        pass++;
        source.start(seed + pass);
    }
}
