package io.github.dl4jsparse.train;

/**
 * Thrown when training meets a value that is not finite, before it affects the parameters.
 * <p>The message has the value, the layer where only one is trained, the epoch and the batch, and the remedy.
 */
public final class DivergenceException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int iteration;
    private final int epoch;
    private final long batch;

    DivergenceException(String message, int iteration, int epoch, long batch) {
        super(message);
        this.iteration = iteration;
        this.epoch = epoch;
        this.batch = batch;
    }

    /** The iteration as DL4J counts them, from 0, over all epochs. */
    public int iteration() {
        return iteration;
    }

    /** The epoch, from 1. */
    public int epoch() {
        return epoch;
    }

    /** The batch of that epoch, from 1. */
    public long batch() {
        return batch;
    }
}
