package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.nn.LossTerms;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Brings a loss of a layer's own into the score and the gradient of {@code fit()}: every layer that has one keeps one of these.
 * <p>\[ \mathrm{score} = \mathrm{supervised} + \sum_l w_l\, E_l + \mathrm{regularisation} \]
 * where E_l is the loss of layer l, a mean over the batch (the sum without mini-batch division), and w_l its weight.
 * <p>DL4J asks for the score after it has cleared the layer, so it is kept as a number from the forward pass, and belongs to the last
 * pass of any kind: the layer's {@code calcRegularizationScore} adds {@link #score}. The gradient carries the loss, with
 * {@link #weight}, only if that pass was one of training: that keeps it out of {@code FrozenLayerWithBackprop}. Examples and time
 * steps that a mask leaves out are no part of it.
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
     * @param name  its name and place, for errors
     */
    public LayerLoss(Layer layer, Supplier<String> name) {
        this.layer = layer;
        this.name = name;
    }

    /** A forward pass begins, which has no loss so far. */
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

    /** What a score takes of a batch: the mean, or the sum without mini-batch division. */
    public double mean(LossTerms sums) {
        return layer.conf().isMiniBatch() ? sums.total() / batch() : sums.total();
    }

    /** The part of the score that the last pass brought. */
    public double score() {
        return score;
    }

    /** The weight that a loss has in the gradient: its own after a pass of training, else 0. */
    public double weight(double own) {
        return trained ? own : 0;
    }

    private long batch() {
        return layer.input().size(0);
    }

    /**
     * Sets the numbers of masked examples to zero.
     *
     * @param array with all numbers of an example one after the other, in c order. Modified in place.
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
     * What a loss counts of an array: the array itself where there is no mask, else a copy without masked examples.
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
     * What a loss counts of rows: the rows themselves where there is no mask, else a copy without masked ones.
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
