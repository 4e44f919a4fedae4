package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.Prunable;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Accumulates the counts of {@link UnitUsage} over batches. The units of a code are its columns or its maps. */
final class UsageCounter {
    private final UnsupervisedLayer layer;
    private final double threshold;
    private final int units;
    private final BitSet[] active;
    /** The number of activations of each unit over all positions. */
    private final long[] activePlaces;
    /** Squared norms of the codes or, in a code of maps, of the reconstructions from each map alone. */
    private final double[] squares;

    private boolean hasMaps;
    private double inputs;
    private int examples;
    private long places;

    /** @param threshold above which a magnitude counts as active */
    UsageCounter(UnsupervisedLayer layer, double threshold) {
        this.layer = layer;
        this.threshold = Args.nonNegative("threshold", threshold);
        this.units = Math.toIntExact(layer.codeSize());
        this.squares = new double[units];
        this.activePlaces = new long[units];
        this.active = IntStream.range(0, units).mapToObj(i -> new BitSet()).toArray(BitSet[]::new);
    }

    /** @param batch an input of the layer. Not modified. */
    void add(INDArray batch) {
        INDArray code = layer.encode(batch);
        hasMaps = code.rank() == 4;
        int mapAxis = hasMaps ? mapAxis(code) : 1;
        INDArray rows = hasMaps ? rows(code) : Shapes.matrix("code of the layer", code, units);
        double[] values = HostArrays.doubles(rows);
        long placesOfExample = rows.size(0) / code.size(0);
        for (int i = 0; i < values.length; i++) {
            int unit = i % units;
            if (Math.abs(values[i]) > threshold) {
                active[unit].set(examples + (int) (i / units / placesOfExample));
                activePlaces[unit]++;
            }
            squares[unit] += hasMaps ? 0 : values[i] * values[i];
        }
        for (int map = 0; hasMaps && map < units; map++) {
            squares[map] += Norms.squared(layer.decode(alone(code, mapAxis, map), batch.shape()));
        }
        for (double value : HostArrays.doubles(batch)) {
            inputs += value * value;
        }
        examples = Math.addExact(examples, Math.toIntExact(code.size(0)));
        places += rows.size(0);
    }

    private int mapAxis(INDArray code) {
        if (layer.channelOrder().isImages(code, units)) {
            return layer.channelOrder().channelAxis();
        }
        String reason = layer.conf().getLayer() instanceof Prunable whole ? whole.whyNotPrunable() : null;
        throw Args.failure(
                "layer",
                "one whose units are the columns or the maps of its code" + (reason == null ? "" : " (" + reason + ")"),
                layer.conf().getLayer().getClass().getSimpleName());
    }

    /** The code with a row for each position, a column for each map. */
    private INDArray rows(INDArray code) {
        INDArray mapsLast =
                ChannelOrder.lastInLayer(layer.channelOrder().networkFormat()).toLayer(code);
        return mapsLast.dup('c').reshape('c', code.length() / units, units);
    }

    /**
     * A code with a single map: as shifted filters of a map overlap, the norm of its reconstruction does not follow
     * from that of the filter.
     */
    private static INDArray alone(INDArray code, int mapAxis, int map) {
        INDArray alone = code.like();
        for (long example = 0; example < code.size(0); example++) {
            INDArray from = code.slice(example);
            alone.slice(example).slice(map, mapAxis - 1).assign(from.slice(map, mapAxis - 1));
        }
        return alone;
    }

    UnitUsage usage() {
        double[] shares = new double[units];
        double[] lengths = hasMaps ? null : Norms.rows(layer.decode(Nd4j.eye(units)));
        double[] places = new double[units];
        for (int unit = 0; unit < units; unit++) {
            double part = hasMaps ? squares[unit] : squares[unit] * lengths[unit] * lengths[unit];
            shares[unit] = inputs == 0 ? 0 : part / inputs;
            places[unit] = (double) activePlaces[unit] / this.places;
        }
        return new UnitUsage(active, examples, places, shares);
    }
}
