package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inputs of one stage, batch by batch, for any number of epochs: computed once and stored if they fit into the
 * memory budget and every pass over the data gives the same examples, otherwise recomputed in every epoch.
 */
final class StageInputs {
    private static final Logger log = LoggerFactory.getLogger(StageInputs.class);

    private final Stage stage;
    private final MultiDataSetIterator data;
    private final long budget;
    private List<Stage.Masked> kept;
    private boolean keepsNone;
    private long batches = -1;
    private long expected = -1;
    private int keptPass;

    /** @param budget largest number of bytes of stored inputs */
    StageInputs(Stage stage, MultiDataSetIterator data, long budget) {
        this.stage = stage;
        this.data = data;
        this.budget = budget;
        // inputs of the lowest layer are the features themselves: the iterator stores and shuffles them
        this.keepsNone = stage.isFirst();
    }

    /** Batches per epoch, -1 before the first pass. */
    long batches() {
        return Math.max(batches, expected);
    }

    /** Sets the number of batches of an interrupted run. */
    void expect(long batchesOfEarlierPasses) {
        expected = batchesOfEarlierPasses;
    }

    /** Whether the inputs are in memory. */
    boolean isKept() {
        return kept != null;
    }

    /** The index of the pass whose inputs are in memory. */
    int keptPass() {
        return keptPass;
    }

    /** Reads a pass, as the first one of an interrupted run, to store its inputs. */
    void keep() {
        forEach(0, input -> {});
    }

    /** Whether another pass gives other examples; checked before stored inputs are used again. */
    private boolean differs() {
        return data instanceof DataPasses passes
                && (kept == null ? Boolean.FALSE.equals(passes.knowledge()) : !passes.repeats());
    }

    /**
     * Passes every batch of one epoch to {@code use}, without its mask. Stored batches are in random order.
     *
     * @throws IllegalStateException if the data hold no batch, or a second pass finds an iterator that can't be reset
     */
    void forEach(long seed, Consumer<INDArray> use) {
        forEachMasked(seed, batch -> use.accept(batch.input()));
    }

    /** The same with masks. */
    void forEachMasked(long seed, Consumer<Stage.Masked> use) {
        if (!keepsNone && differs()) {
            log.info(
                    "layer {}: the data differ from pass to pass, its inputs are computed in every epoch",
                    stage.name());
            kept = null;
            keepsNone = true;
        }
        if (kept != null) {
            List<Stage.Masked> order = new ArrayList<>(kept);
            Collections.shuffle(order, new Random(seed));
            order.forEach(use);
        } else {
            reset();
            read(use);
        }
    }

    private void reset() {
        if (data.resetSupported()) {
            data.reset();
        } else if (batches >= 0) {
            throw new IllegalStateException("data must be an iterator with reset() for more than one pass over them"
                    + ", got " + data.getClass().getName());
        }
    }

    /** One pass over the data, whose inputs are stored if they fit. */
    private void read(Consumer<Stage.Masked> use) {
        List<Stage.Masked> keeping = keepsNone ? null : new ArrayList<>();
        long bytes = 0;
        long count = 0;
        while (data.hasNext()) {
            MultiDataSet batch = data.next();
            Stage.Masked input = stage.inputOf(batch.getFeatures(), batch.getFeaturesMaskArrays());
            count++;
            bytes += bytes(input.input()) + bytes(input.mask());
            if (bytes > budget) {
                keeping = null;
                keepsNone = true;
            }
            if (keeping != null) {
                keeping.add(input);
            }
            use.accept(input);
        }
        if (count == 0) {
            throw new IllegalStateException(
                    "data must hold at least one batch to pre-train layer \"" + stage.name() + "\", got none");
        }
        batches = count;
        kept = keeping;
        keptPass = data instanceof DataPasses passes ? passes.count() : 0;
    }

    private static long bytes(INDArray array) {
        return array == null ? 0 : array.length() * array.dataType().width();
    }
}
