package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.serve.OnnxGraph.Node;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every unit is connected to a patch, and the units of a map share their filter.
 * <p>Shapes: images {@code [batch, channels, height, width]}, codes {@code [batch, maps, outHeight, outWidth]}.
 *
 * @param units   maps
 * @param layer   gives the order of the network's axes
 */
record OnnxConvolutionalWiring(OnnxGraph graph, ConvolutionGeometry geometry, long units, ConvolutionalListaLayer layer)
        implements OnnxWiring {

    static OnnxWiring of(ConvolutionalListaLayer layer, OnnxValue input) {
        OnnxValue x = OnnxImages.known(images(layer, input));
        ConvolutionGeometry geometry = layer.geometry((int) x.size(2), (int) x.size(3));
        return new OnnxConvolutionalWiring(x.graph(), geometry, layer.getNOut(), layer);
    }

    private static OnnxValue images(ConvolutionalListaLayer layer, OnnxValue input) {
        return layer.isSequences()
                ? OnnxImages.ofOneRow(input, layer.getSequenceFormat())
                : OnnxImages.channelsFirst(input.requireRank("a layer of images", 4), layer.getDataFormat());
    }

    @Override
    public OnnxValue images(OnnxValue input) {
        return images(layer, input);
    }

    @Override
    public OnnxValue output(OnnxValue code) {
        return layer.isSequences()
                ? OnnxImages.asSequences(code, layer.getSequenceFormat())
                : OnnxImages.inFormat(code, layer.getDataFormat());
    }

    @Override
    public OnnxMap map(INDArray filters) {
        return new Filters(graph, geometry, filters);
    }

    @Override
    public UnaryOperator<OnnxValue> recurrent(INDArray weights) {
        int[] map = {geometry.outHeight(), geometry.outWidth()};
        int[] kernel = {
            reach(geometry.kernelHeight(), geometry.strideHeight()),
            reach(geometry.kernelWidth(), geometry.strideWidth())
        };
        ConvolutionGeometry ofCodes = ConvolutionGeometry.same(Math.toIntExact(units), map, kernel, new int[] {1, 1});
        return new Filters(graph, ofCodes, weights)::toCode;
    }

    /** The number of positions whose patches overlap the central one. */
    private static int reach(int kernel, int stride) {
        return 2 * ((kernel - 1) / stride) + 1;
    }

    @Override
    public OnnxValue perUnit(double... values) {
        return graph.constant(values, values.length, 1, 1);
    }

    @Override
    public OnnxValue pixelWeights() {
        double[] coverage = geometry.coverage();
        return layer.isWeightBorder() && Arrays.stream(coverage).anyMatch(w -> w != 1)
                ? graph.constant(coverage, geometry.height(), geometry.width())
                : null;
    }

    @Override
    public OnnxValue rows(OnnxValue code, long together) {
        OnnxValue mapsLast = code.permuted(0, 2, 3, 1);
        return together == units ? mapsLast : mapsLast.reshaped(together);
    }

    @Override
    public OnnxValue code(OnnxValue rows) {
        return rows.reshaped(geometry.outHeight(), geometry.outWidth(), units).permuted(0, 3, 1, 2);
    }

    /** A convolution and its adjoint, with the same filters. */
    record Filters(OnnxGraph graph, ConvolutionGeometry geometry, OnnxValue weights, long[] pads) implements OnnxMap {

        /** @param rows {@code [maps, kernelHeight * kernelWidth * channels]} */
        Filters(OnnxGraph graph, ConvolutionGeometry geometry, INDArray rows) {
            this(
                    graph,
                    geometry,
                    graph.constant(rows.dup('c')
                            .reshape(
                                    'c',
                                    rows.size(0),
                                    geometry.kernelHeight(),
                                    geometry.kernelWidth(),
                                    geometry.channels())
                            .permute(0, 3, 1, 2)),
                    new long[] {
                        geometry.top(), geometry.left(), Math.max(0, end(0, geometry)), Math.max(0, end(1, geometry))
                    });
        }

        /** Zeros below or right of the image; negative where pixels are uncovered. */
        private static int end(int axis, ConvolutionGeometry g) {
            return axis == 0
                    ? (g.outHeight() - 1) * g.strideHeight() + g.kernelHeight() - g.top() - g.height()
                    : (g.outWidth() - 1) * g.strideWidth() + g.kernelWidth() - g.left() - g.width();
        }

        private Node set(Node node) {
            return node.with("pads", pads)
                    .with("strides", new long[] {geometry.strideHeight(), geometry.strideWidth()});
        }

        @Override
        public OnnxValue toCode(OnnxValue images) {
            return set(graph.node("Conv", images, weights))
                    .to(images.size(0), weights.size(0), geometry.outHeight(), geometry.outWidth());
        }

        @Override
        public OnnxValue toImage(OnnxValue code) {
            long[] leftOver = {Math.max(0, -end(0, geometry)), Math.max(0, -end(1, geometry))};
            return set(graph.node("ConvTranspose", code, weights))
                    .with("output_padding", leftOver)
                    .to(code.size(0), geometry.channels(), geometry.height(), geometry.width());
        }
    }
}
