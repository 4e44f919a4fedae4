package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.operator.LocalGeometry;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every unit is connected to a patch by a filter of its own. Patches are gathered, and multiplied with all filters in
 * one batched product; for the adjoint, the elements of patches are gathered and summed for each pixel that they cover.
 * <p>Shapes: images {@code [batch, channels * height * width]}, codes {@code [batch, nOut * outHeight * outWidth]}.
 *
 * @param format of the network
 * @param weighs whether pixels at the border have smaller weights
 */
record OnnxLocalWiring(OnnxGraph graph, LocalGeometry geometry, CNN2DFormat format, boolean weighs)
        implements OnnxWiring {

    static OnnxWiring of(LocallyConnectedListaLayer layer, OnnxValue input) {
        return new OnnxLocalWiring(
                input.graph(), layer.geometry(), ChannelOrder.format(layer.getDataFormat()), layer.isWeightBorder());
    }

    @Override
    public OnnxValue images(OnnxValue input) {
        OnnxValue first = OnnxImages.channelsFirst(input.requireRank("a layer of images", 4), format);
        return first.reshaped((long) geometry.channels() * geometry.height() * geometry.width());
    }

    @Override
    public OnnxValue output(OnnxValue code) {
        return OnnxImages.inFormat(code.reshaped(geometry.units(), geometry.outHeight(), geometry.outWidth()), format);
    }

    @Override
    public long units() {
        return (long) geometry.units() * geometry.positions();
    }

    @Override
    public UnaryOperator<OnnxValue> recurrent(INDArray weights) {
        throw new IllegalStateException("units of a map have no free recurrent weights");
    }

    @Override
    public OnnxValue perUnit(double... values) {
        return graph.constant(values, values.length);
    }

    @Override
    public OnnxValue pixelWeights() {
        double[] coverage = geometry.coverage();
        if (!weighs || Arrays.stream(coverage).allMatch(w -> w == 1)) {
            return null;
        }
        double[] all = new double[coverage.length * geometry.channels()];
        Arrays.setAll(all, i -> coverage[i % coverage.length]);
        return graph.constant(all, all.length);
    }

    @Override
    public OnnxValue rows(OnnxValue code, long together) {
        return code;
    }

    @Override
    public OnnxValue code(OnnxValue rows) {
        return rows;
    }

    @Override
    public OnnxMap map(INDArray filters) {
        // [nOut * positions, patch] to [positions, nOut, patch]
        OnnxValue weights = graph.constant(filters.dup('c')
                .reshape('c', geometry.units(), geometry.positions(), geometry.patch())
                .permute(1, 0, 2));
        return new Patches(this, weights);
    }

    /**
     * The products of patches and filters, with the batch as the last axis: consecutive elements of all examples are
     * then gathered together, and there is one product per position.
     *
     * @param weights {@code [positions, nOut, patch]}
     */
    private record Patches(OnnxLocalWiring wiring, OnnxValue weights) implements OnnxMap {
        private OnnxGraph graph() {
            return wiring.graph;
        }

        private OnnxValue shaped(OnnxValue x, long... shape) {
            return graph().node("Reshape", x, graph().integers(shape)).to(shape);
        }

        private OnnxValue gathered(OnnxValue x, OnnxValue indices, long... shape) {
            return graph().node("Gather", x, indices).with("axis", 0).to(shape);
        }

        @Override
        public OnnxValue toCode(OnnxValue images) {
            LocalGeometry g = wiring.geometry;
            OnnxValue seen = graph().indices(wiring.seen(), g.positions(), g.patch());
            OnnxValue patches = gathered(images.permuted(1, 0), seen, g.positions(), g.patch(), OnnxValue.FREE);
            OnnxValue units = shaped(weights.product(patches).permuted(1, 0, 2), wiring.units(), OnnxValue.FREE);
            return units.permuted(1, 0);
        }

        @Override
        public OnnxValue toImage(OnnxValue code) {
            LocalGeometry g = wiring.geometry;
            OnnxValue units = shaped(code.permuted(1, 0), g.units(), g.positions(), OnnxValue.FREE);
            OnnxValue patches = weights.permuted(0, 2, 1).product(units.permuted(1, 0, 2));
            OnnxValue flat = shaped(patches, (long) g.positions() * g.patch(), OnnxValue.FREE);
            int[][] covering = wiring.covering(wiring.seen());
            OnnxValue elements = graph().indices(
                            Arrays.stream(covering).flatMapToInt(Arrays::stream).toArray(),
                            covering.length,
                            covering[0].length);
            OnnxValue padded = graph().node("Pad", flat, graph().integers(0, 0, 1, 0), graph().number(0))
                    .to(flat.size(0) + 1, OnnxValue.FREE);
            OnnxValue onPixels = gathered(padded, elements, covering.length, covering[0].length, OnnxValue.FREE);
            return graph().node("ReduceSum", onPixels, graph().integers(1))
                    .with("keepdims", 0)
                    .to(covering.length, OnnxValue.FREE)
                    .permuted(1, 0);
        }
    }

    /** The pixel of each element of each patch. */
    private int[] seen() {
        int kernel = geometry.kernel();
        int[] seen = new int[geometry.positions() * geometry.patch()];
        for (int i = 0; i < seen.length; i++) {
            int place = i / geometry.patch();
            int element = i % geometry.patch();
            int row = geometry.imageRow(place / geometry.outWidth(), element / kernel % kernel);
            int column = geometry.imageColumn(place % geometry.outWidth(), element % kernel);
            seen[i] = (element / (kernel * kernel) * geometry.height() + row) * geometry.width() + column;
        }
        return seen;
    }

    /** For each pixel the elements of patches that cover it, padded with the index of a zero. */
    private int[][] covering(int[] seen) {
        int[] counts = new int[geometry.channels() * geometry.height() * geometry.width()];
        Arrays.stream(seen).forEach(pixel -> counts[pixel]++);
        int[][] covering = new int[counts.length][Arrays.stream(counts).max().orElse(1)];
        for (int[] elements : covering) {
            Arrays.fill(elements, seen.length);
        }
        Arrays.fill(counts, 0);
        for (int i = 0; i < seen.length; i++) {
            covering[seen[i]][counts[seen[i]]++] = i;
        }
        return covering;
    }
}
