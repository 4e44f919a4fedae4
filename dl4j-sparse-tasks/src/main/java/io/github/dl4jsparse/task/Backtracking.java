package io.github.dl4jsparse.task;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Resets a training that became unstable to its last stable parameters, with a lower learning rate.
 * <p>A batch is unstable if its error is not finite or more than five times the mean of the batches before. Every
 * hundred stable batches the parameters and the state of the updater are copied.
 * <p>Reference: the training of CDLNet (Janjusevic, Khalilian-Gourtani and Wang 2022) backtracks likewise.
 */
final class Backtracking {
    private static final int EVERY = 100;
    private static final double UNSTABLE = 5;
    private static final double MEMORY = 0.95;
    private static final double SLOWER = 0.7;

    private final MultiLayerNetwork net;
    private INDArray params;
    private INDArray state;
    private double mean = Double.NaN;
    private double rate = 1;
    private int sound;
    private int times;

    Backtracking(MultiLayerNetwork net) {
        this.net = net;
        keep();
    }

    private void keep() {
        params = net.params().dup();
        INDArray own = net.getUpdater().getStateViewArray();
        state = own == null ? null : own.dup();
    }

    /** The factor of the learning rate. */
    double rate() {
        return rate;
    }

    /** The number of resets. */
    int times() {
        return times;
    }

    /**
     * Checks a batch after it was trained on.
     *
     * @param error of the batch
     * @return whether it was stable; if not, the network is reset
     */
    boolean accept(double error) {
        if (Double.isFinite(error) && !(error > UNSTABLE * mean)) {
            mean = Double.isNaN(mean) ? error : MEMORY * mean + (1 - MEMORY) * error;
            if (++sound % EVERY == 0) {
                keep();
            }
            return true;
        }
        net.params().assign(params);
        if (state != null) {
            net.getUpdater().getStateViewArray().assign(state);
        }
        rate *= SLOWER;
        times++;
        return false;
    }
}
