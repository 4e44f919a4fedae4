package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What happens in an epoch to the pairs of units whose inhibition grows in it, and to those whose inhibition falls: how often they fire
 * together before and after, a mean over all such pairs of all epochs, on held-out patches.
 */
final class CoFiringHistory implements PretrainListener {
    private final MultiLayerNetwork net;
    private final InhibitionSettings settings;
    private final INDArray heldOut;
    private final Mean[] before = {new Mean(), new Mean()};
    private final Mean[] after = {new Mean(), new Mean()};
    private InhibitionMatrix inhibition;
    private CoActivation together;

    /** A sum and of how many. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double value() {
            return sum / count;
        }
    }

    /** @param net before its training, with an inhibition that is learned */
    CoFiringHistory(MultiLayerNetwork net, InhibitionSettings settings, INDArray heldOut) {
        this.net = net;
        this.settings = settings;
        this.heldOut = heldOut;
        measure();
    }

    private void measure() {
        InhibitionCodes codes = InhibitionCodes.of(net, settings, null, null, heldOut);
        inhibition = codes.inhibition();
        together = CoActivation.of(codes.codes());
    }

    @Override
    public void epochDone(PretrainProgress progress) {
        InhibitionMatrix inhibitionBefore = inhibition;
        CoActivation togetherBefore = together;
        measure();
        for (int i = 0; i < inhibition.units(); i++) {
            for (int j = 0; j < i; j++) {
                double growth = inhibition.get(i, j) - inhibitionBefore.get(i, j);
                if (growth != 0) {
                    before[growth > 0 ? 0 : 1].add(togetherBefore.share(i, j));
                    after[growth > 0 ? 0 : 1].add(together.share(i, j));
                }
            }
        }
    }

    /** The share of patches for which both units are active, before the epoch. */
    double before(boolean growing) {
        return before[growing ? 0 : 1].value();
    }

    /** The share of patches for which both units are active, after the epoch. */
    double after(boolean growing) {
        return after[growing ? 0 : 1].value();
    }
}
