package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Finds the examples for which each unit of a code is strongest, batch by batch.
 * <p>\[ \text{unit } i: \quad \text{the } n \text{ examples } b \text{ of largest } \max_p |z_{b,p,i}| > 0 \]
 * where z are the codes and p the positions of a map; without maps there is one position. An example is listed once for
 * a unit, at the position where the unit is strongest; of equal magnitudes the earlier example comes first. Examples
 * are numbered from 0 in the order in which they come. It keeps n responses a unit, however many examples there are.
 * <p>A position of a map is a row and a column of the code: with stride s and padding p its filter lies on the image
 * from row {@code s * row - p} on.
 * <p>Shapes: codes {@code [batch, units]}, or maps {@code [batch, units, height, width]} (NCHW) or
 * {@code [batch, height, width, units]} (NHWC).
 */
public final class StrongestExamples {
    private final int count;
    private final CNN2DFormat format;
    /** For each unit the weakest response first. */
    private final List<PriorityQueue<UnitResponse>> kept = new ArrayList<>();

    private long examples;

    /**
     * For codes without maps, or maps in the order NCHW.
     *
     * @param count n, at least 1
     */
    public StrongestExamples(int count) {
        this(count, CNN2DFormat.NCHW);
    }

    /**
     * For codes without maps, or maps in a given order.
     *
     * @param count  n, at least 1
     * @param format order of the axes of maps; not used for codes without maps
     * @throws IllegalArgumentException if the count is less than 1 or there is no format
     */
    public StrongestExamples(int count, CNN2DFormat format) {
        this.count = Args.atLeast("count", count, 1);
        this.format = Args.given("format", format);
    }

    /**
     * Runs a layer of a network over data.
     *
     * @param layer index of the layer, one with a dictionary
     * @param data  features of the network; labels are not used. Reset before, where it can be, and used up.
     * @param count n, at least 1
     * @throws IllegalArgumentException if there is no such layer
     */
    public static StrongestExamples of(MultiLayerNetwork net, int layer, DataSetIterator data, int count) {
        Args.given("data", data);
        return of(Net.of(net), s -> s.index() == layer, layer, new MultiDataSetIteratorAdapter(data), count);
    }

    /**
     * Runs a layer of a graph over data.
     *
     * @param layer name of the layer, one with a dictionary
     * @param data  features of every input; labels are not used. Reset before, where it can be, and used up.
     * @param count n, at least 1
     * @throws IllegalArgumentException if there is no such layer
     */
    public static StrongestExamples of(ComputationGraph graph, String layer, MultiDataSetIterator data, int count) {
        Args.given("data", data);
        return of(Net.of(graph), s -> s.name().equals(layer), "\"" + layer + "\"", data, count);
    }

    private static StrongestExamples of(
            Net<?> net, Predicate<Stage> wanted, Object name, MultiDataSetIterator data, int count) {
        Stage stage = net.stagesWithFrozen().stream()
                .filter(wanted.and(s -> s.layer() instanceof UnsupervisedLayer))
                .findFirst()
                .orElseThrow(() -> Args.failure("layer", "one with a dictionary", name));
        UnsupervisedLayer layer = (UnsupervisedLayer) stage.layer();
        StrongestExamples strongest =
                new StrongestExamples(count, layer.channelOrder().networkFormat());
        if (data.resetSupported()) {
            data.reset();
        }
        while (data.hasNext()) {
            strongest.add(layer.encode(stage.inputOf(data.next().getFeatures())));
        }
        return strongest;
    }

    /**
     * Takes the codes of the next examples.
     *
     * @param codes as the class says. Not modified.
     * @return this
     * @throws IllegalArgumentException if the codes have another number of units than those before, another rank, or hold NaN or
     *                                  infinity
     */
    public StrongestExamples add(INDArray codes) {
        return add(CodeValues.of(codes, format));
    }

    /** The same of codes that are plain numbers already. */
    StrongestExamples add(CodeValues values) {
        if (kept.isEmpty()) {
            for (int unit = 0; unit < values.units(); unit++) {
                kept.add(new PriorityQueue<>(UnitResponse.STRONGEST_FIRST.reversed()));
            }
        } else if (values.units() != kept.size()) {
            throw Args.failure("codes", "of " + kept.size() + " units as those before", values.units());
        }
        for (int example = 0; example < values.batch(); example++) {
            for (int unit = 0; unit < values.units(); unit++) {
                keep(values.strongest(example, unit, examples));
            }
        }
        examples += values.batch();
        return this;
    }

    private void keep(UnitResponse response) {
        PriorityQueue<UnitResponse> strongest = kept.get(response.unit());
        if (response.value() == 0) {
            return;
        }
        if (strongest.size() < count) {
            strongest.add(response);
        } else if (response.strength() > strongest.peek().strength()) {
            strongest.remove();
            strongest.add(response);
        }
    }

    /** The number of examples so far. */
    public long examples() {
        return examples;
    }

    /** The number of units; 0 before the first batch. */
    public int units() {
        return kept.size();
    }

    /**
     * The strongest responses of a unit, the strongest first.
     *
     * @return at most n, each of another example, none for a unit that was never active
     * @throws IllegalArgumentException if there is no such unit
     */
    public List<UnitResponse> ofUnit(int unit) {
        Args.inRange("unit", unit, 0, units() - 1);
        List<UnitResponse> responses = new ArrayList<>(kept.get(unit));
        responses.sort(UnitResponse.STRONGEST_FIRST);
        return Collections.unmodifiableList(responses);
    }
}
