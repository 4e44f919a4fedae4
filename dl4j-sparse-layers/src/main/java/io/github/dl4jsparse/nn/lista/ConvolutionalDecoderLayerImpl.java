package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.dl4j.ParameterLayer;
import io.github.dl4jsparse.internal.math.Buffers;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.internal.parallel.Blocks;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ConvolutionalDecoderLayer} in blocks of examples, on codes and images with their channels last. */
final class ConvolutionalDecoderLayerImpl extends ParameterLayer<ConvolutionalDecoderLayer> {
    private static final long serialVersionUID = 1;
    /** From some thousand positions on, products with the filters reach nearly their full rate. */
    private static final long PLACES_OF_BLOCK = 3072;

    /** D of the last pass, with weight noise if there is any. */
    private transient INDArray used;

    ConvolutionalDecoderLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    private ChannelOrder order() {
        return ChannelOrder.lastInLayer(layerConf().getDataFormat());
    }

    /**
     * An array of the network with a row per example, the channels innermost: the array itself, or a copy in a
     * workspace.
     */
    private INDArray rows(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
        INDArray ordered = order().toLayer(array);
        INDArray dense = ordered.dataType() == dataType && HostArrays.isDense(ordered)
                ? ordered
                : RowBlocks.assign(workspaces.createUninitialized(type, dataType, ordered.shape(), 'c'), ordered);
        return dense.reshape('c', dense.size(0), dense.length() / dense.size(0));
    }

    /** Rows in the network's order of axes, a copy in a workspace. */
    private INDArray inNetworkOrder(INDArray rows, long[] shape, LayerWorkspaceMgr workspaces, ArrayType type) {
        INDArray copy = workspaces.createUninitialized(type, dataType, order().toNetwork(shape), 'c');
        RowBlocks.assign(order().toLayer(copy), rows.reshape('c', shape));
        return copy;
    }

    private ConvolutionGeometry geometry() {
        ChannelOrder order = order();
        int[] size = order.size(input);
        return layerConf().geometry(size[0], size[1]);
    }

    private static Blocks blocks(ConvolutionGeometry geometry, long batch) {
        return Blocks.of(batch, Math.max(1, PLACES_OF_BLOCK / geometry.positions()));
    }

    private static List<INDArray> blocksOf(INDArray rows, Blocks blocks) {
        return IntStream.range(0, blocks.count())
                .mapToObj(b -> Rows.of(rows, blocks.first(b), blocks.size(b)))
                .toList();
    }

    private void requireShape() {
        ChannelOrder order = order();
        if (!order.isImages(input, layerConf().getNIn())) {
            throw InputErrors.input(
                    order.images(layerConf().getNIn()),
                    4,
                    input,
                    "set the network's input type to fit the data",
                    index,
                    layerId());
        }
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        requireShape();
        applyDropOutIfNecessary(training, workspaces);
        return SerialNative.get(() -> {
            used = getParamWithNoise(ConvolutionalDecoderLayer.DICTIONARY, training, workspaces);
            ConvolutionGeometry geometry = geometry();
            LinearOperator decoder = geometry.transposedConvolution(used);
            INDArray codes = rows(input, workspaces, ArrayType.FF_WORKING_MEM);
            long batch = codes.size(0);
            long[] shape = {batch, geometry.height(), geometry.width(), geometry.channels()};
            INDArray images = workspaces.createUninitialized(
                    ArrayType.FF_WORKING_MEM, dataType, new long[] {batch, shape[1] * shape[2] * shape[3]}, 'c');
            Blocks blocks = blocks(geometry, batch);
            List<INDArray> from = blocksOf(codes, blocks);
            List<INDArray> to = blocksOf(images, blocks);
            blocks.forEach(b -> Buffers.run("DECODER", () -> decoder.apply(from.get(b), to.get(b), 0)));
            return inNetworkOrder(images, shape, workspaces, ArrayType.ACTIVATIONS);
        });
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        return SerialNative.get(() -> {
            ConvolutionGeometry geometry = geometry();
            INDArray weights = used == null ? params.get(ConvolutionalDecoderLayer.DICTIONARY) : used;
            LinearOperator decoder = geometry.transposedConvolution(weights);
            INDArray codes = rows(input, workspaces, ArrayType.BP_WORKING_MEM);
            INDArray deltas = rows(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
            INDArray onCodes = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, codes.shape(), 'c');
            Blocks blocks = blocks(geometry, codes.size(0));
            List<INDArray> inputs = blocksOf(codes, blocks);
            List<INDArray> onImages = blocksOf(deltas, blocks);
            List<INDArray> results = blocksOf(onCodes, blocks);
            blocks.forEach(b -> Buffers.run("DECODER", () -> decoder.adjoint(onImages.get(b), results.get(b), 0)));
            INDArray gradient = gradientViews.get(ConvolutionalDecoderLayer.DICTIONARY);
            decoder.weightGradient(inputs, onImages, gradient, 0);
            Gradient gradients = new DefaultGradient();
            gradients.setGradientFor(ConvolutionalDecoderLayer.DICTIONARY, gradient, 'c');
            weightNoiseParams.clear();
            INDArray result =
                    inNetworkOrder(onCodes, order().toLayer(input.shape()), workspaces, ArrayType.ACTIVATION_GRAD);
            return new Pair<>(gradients, backpropDropOutIfPresent(result));
        });
    }

    @Override
    public void clear() {
        super.clear();
        used = null;
    }

    @Override
    public Type type() {
        return Type.CONVOLUTIONAL;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
