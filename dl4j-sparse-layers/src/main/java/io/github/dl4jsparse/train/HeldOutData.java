package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ensures that held-out data are the same in every pass, so that energies of different epochs can be compared. */
final class HeldOutData {
    private static final Logger log = LoggerFactory.getLogger(HeldOutData.class);

    private HeldOutData() {}

    /**
     * The data themselves if two passes give the same examples, else one pass in memory.
     *
     * @param data   read; an iterator that can't be reset is not
     * @param budget bytes that the pass in memory may take
     * @throws IllegalArgumentException if it does not fit
     */
    static DataPasses fixed(MultiDataSetIterator data, long budget) {
        DataPasses passes = new DataPasses(data);
        if (!data.resetSupported() || passes.repeats()) {
            return passes;
        }
        List<INDArray[]> kept = new ArrayList<>();
        long examples = 0;
        long bytes = 0;
        data.reset();
        while (data.hasNext()) {
            INDArray[] batch = Arrays.stream(data.next().getFeatures())
                    .map(features -> features.dup('c').detach())
                    .toArray(INDArray[]::new);
            kept.add(batch);
            examples += batch[0].size(0);
            for (INDArray features : batch) {
                bytes += features.length() * features.dataType().width();
            }
            if (bytes > budget) {
                throw Args.failure(
                        "heldOut",
                        "the same examples in every pass, or fit memoryBudget(" + budget
                                + ") so that one pass can be kept",
                        "an iterator that differs from pass to pass and has more than " + bytes + " bytes: take away"
                                + " freshEachEpoch or random augmentation");
            }
        }
        log.warn(
                "heldOut data differ from pass to pass, energies of two epochs could not be compared: the {} examples of one"
                        + " pass are kept and measured in every epoch",
                examples);
        return new DataPasses(new UnlabelledBatches(new FeatureBatches.InOrder(kept), 0));
    }
}
