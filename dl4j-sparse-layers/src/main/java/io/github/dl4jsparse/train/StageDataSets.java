package io.github.dl4jsparse.train;

import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** The batches of an iterator as inputs of one stage, each computed when it is read. */
final class StageDataSets implements DataSetIterator {
    private static final long serialVersionUID = 1;

    private final transient MultiDataSetIterator data;
    private final transient Function<MultiDataSet, DataSet> toInput;
    private transient DataSetPreProcessor preProcessor;

    StageDataSets(MultiDataSetIterator data, Function<MultiDataSet, DataSet> toInput) {
        this.data = data;
        this.toInput = toInput;
    }

    @Override
    public boolean hasNext() {
        return data.hasNext();
    }

    @Override
    public DataSet next() {
        return prepared(data.next());
    }

    @Override
    public DataSet next(int size) {
        return prepared(data.next(size));
    }

    private DataSet prepared(MultiDataSet batch) {
        DataSet input = toInput.apply(batch);
        if (preProcessor != null) {
            preProcessor.preProcess(input);
        }
        return input;
    }

    @Override
    public boolean resetSupported() {
        return data.resetSupported();
    }

    /** False: the layers below, and the workspaces of their outputs, belong to one thread. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public void reset() {
        data.reset();
    }

    @Override
    public int inputColumns() {
        throw unknown("inputColumns");
    }

    @Override
    public int totalOutcomes() {
        return 1;
    }

    @Override
    public int batch() {
        throw unknown("batch");
    }

    private static UnsupportedOperationException unknown(String what) {
        return new UnsupportedOperationException(
                what + " must be read from the batches of a stage's inputs, got a call");
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    @Override
    public List<String> getLabels() {
        return List.of();
    }
}
