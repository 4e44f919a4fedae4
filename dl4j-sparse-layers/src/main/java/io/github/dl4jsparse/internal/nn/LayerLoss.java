package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.nn.LossTerms;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds a layer's own loss to the score and the gradient of {@code fit()}: every layer with such a loss has one of these
 * objects.
 * <p>\[ \mathrm{score} = \mathrm{supervised} + \sum_l w_l\, E_l + \mathrm{regularisation} \]
 * where E_l is the loss of layer l, a mean over the batch (the sum without mini-batch division), and w_l its weight.
 * <p>DL4J reads the score after it has cleared the layer; it is therefore stored in the forward pass, and is that of
 * the last pass of any kind: the layer's {@code calcRegularizationScore} adds {@link #score}. The gradient contains the
 * loss, with {@link #weight}, only if that pass was one of training, so that {@code FrozenLayerWithBackprop} excludes
 * it. Masked examples and time steps are left out.
 * <p>Shapes: arrays with the batch first, or rows of one example after the other.
 * <p>Errors: {@code DL4JInvalidInputException} for a mask of another length.
 */
public final class LayerLoss {
    private final Layer layer;
    private final Supplier<String> name;
    private boolean trained;
    private double score;

    /**
     * @param layer that has the loss
     * @param name  its name, index and type, for errors
     */
    public LayerLoss(Layer layer, Supplier<String> name) {
        this.layer = layer;
        this.name = name;
    }

    /** Begins a forward pass, with no loss so far. */
    public void begin(boolean training) {
        trained = training;
        score = 0;
    }

    /** Whether the last pass was one of training. */
    public boolean isTrained() {
        return trained;
    }

    /**
     * Adds to the loss of the pass.
     *
     * @param weight w
     * @param sums   the terms, each summed over the batch
     */
    public void add(double weight, LossTerms sums) {
        score += weight * mean(sums);
    }

    /** The contribution of a batch to a score: the mean, or the sum without mini-batch division. */
    public double mean(LossTerms sums) {
        return layer.conf().isMiniBatch() ? sums.total() / batch() : sums.total();
    }

    /** The score of the last pass. */
    public double score() {
        return score;
    }

    /** The weight of the loss in the gradient: its own after a pass of training, else 0. */
    public double weight(double own) {
        return trained ? own : 0;
    }

    private long batch() {
        return layer.input().size(0);
    }

    /**
     * Sets the elements of masked examples to zero.
     *
     * @param array with the elements of an example consecutive, in c order. Modified in place.
     */
    public void maskExamples(INDArray array) {
        ExampleMask.apply(layer.getMaskArray(), batch(), array, name.get());
    }

    /**
     * Sets the rows of masked examples, or of masked time steps, to zero.
     *
     * @param rows of one example after the other. Modified in place.
     */
    public void maskRows(INDArray rows) {
        ExampleMask.applyToRows(layer.getMaskArray(), batch(), rows, name.get());
    }

    /**
     * An array for a loss: the array itself where there is no mask, else a copy with masked examples set to zero.
     *
     * @param array as {@link #maskExamples} takes it. Not modified.
     */
    public INDArray counted(INDArray array) {
        if (layer.getMaskArray() == null) {
            return array;
        }
        INDArray counted = array.dup('c');
        maskExamples(counted);
        return counted;
    }

    /**
     * Rows for a loss: the rows themselves where there is no mask, else a copy with masked ones set to zero.
     *
     * @param rows as {@link #maskRows} takes them. Not modified.
     */
    public INDArray countedRows(INDArray rows) {
        if (layer.getMaskArray() == null) {
            return rows;
        }
        INDArray counted = rows.dup('c');
        maskRows(counted);
        return counted;
    }
}
