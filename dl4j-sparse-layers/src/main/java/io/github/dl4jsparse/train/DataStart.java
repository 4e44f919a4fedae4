package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Starts the layers of a network from data: the scale of their input, their dictionary, and with it encoder, thresholds and step
 * sizes. Each layer is started from the outputs of those below.
 * <p>\[ s = \sqrt{a \, \overline{x^2}}, \qquad D_i \propto P_{p(i)} x_{s(i)} - c \]
 * where a is the length of an atom, and the atoms are random examples or patches of them, see
 * {@link UnsupervisedLayer#startFromData}. {@link LayerwisePretrainer} does this automatically for each layer with
 * input scaling whose scale was not measured and whose dictionary was not set. Plain {@code fit()} measures the scale
 * alone, on its first batch; call this before it for the dictionary, and before any training on several threads or
 * machines, whose workers would each measure on a batch of their own.
 * <p>Errors: {@link IllegalArgumentException} for a network without such a layer, {@link IllegalStateException} for data without a
 * batch.
 */
public final class DataStart {
    private static final int LEAST = 500;

    private DataStart() {}

    /**
     * Starts all layers with a dictionary that can be pre-trained, the lowest first.
     *
     * @param net  a MultiLayerNetwork or a ComputationGraph with one input, initialised. Its parameters are modified in place.
     * @param data features; labels are not used. One pass per layer.
     * @param seed of the choice of examples
     */
    public static void of(Model net, DataSetIterator data, long seed) {
        of(net, new MultiDataSetIteratorAdapter(Args.given("data", data)), seed);
    }

    /**
     * Starts all layers with a dictionary that can be pre-trained, the lowest first.
     *
     * @param net  a MultiLayerNetwork or a ComputationGraph, initialised. Its parameters are modified in place.
     * @param data features of every input; labels are not used. One pass per layer.
     * @param seed of the choice of examples
     */
    public static void of(Model net, MultiDataSetIterator data, long seed) {
        List<Stage> stages = Net.of(net).stages().stream()
                .filter(stage -> stage.layer() instanceof UnsupervisedLayer)
                .toList();
        if (stages.isEmpty()) {
            throw Args.failure("net", "a network with at least one layer with a dictionary", "none");
        }
        for (Stage stage : stages) {
            of(stage, new StageInputs(stage, Args.given("data", data), 0), seed);
        }
    }

    /** Starts a layer if it is to be started from data. */
    static void ifAwaited(Stage stage, StageInputs inputs, long seed) {
        if (stage.layer() instanceof UnsupervisedLayer layer && layer.awaitsData()) {
            of(stage, inputs, seed);
        }
    }

    private static void of(Stage stage, StageInputs inputs, long seed) {
        UnsupervisedLayer layer = stage.dictionary();
        Sample sample = new Sample(Math.toIntExact(Math.max(LEAST, layer.codeSize())), seed);
        inputs.forEach(seed, sample::add);
        layer.startFromData(sample.examples(), seed);
    }

    /** Random examples of all batches, each with the same probability. */
    private static final class Sample {
        private final int size;
        private final SplittableRandom random;
        private final List<INDArray> kept = new ArrayList<>();
        private long seen;

        Sample(int size, long seed) {
            this.size = size;
            this.random = new SplittableRandom(seed);
        }

        void add(INDArray batch) {
            for (long i = 0; i < batch.size(0); i++) {
                seen++;
                long place = seen <= size ? kept.size() : random.nextLong(seen);
                if (place >= size) {
                    continue;
                }
                INDArray example =
                        batch.get(NDArrayIndex.interval(i, i + 1)).dup('c').detach();
                if (place < kept.size()) {
                    kept.set((int) place, example);
                } else {
                    kept.add(example);
                }
            }
        }

        INDArray examples() {
            return Nd4j.concat(0, kept.toArray(INDArray[]::new));
        }
    }
}
