package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Layers without parameters, forward and back: pooling over groups of maps and space, and both normalisations. */
public class ParameterFreeBenchmark extends ThreadedBenchmark {
    private static final int BATCH = 32;
    private static final int MAPS = 64;
    private static final int SIDE = 28;
    private static final int UNITS = 1024;
    private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

    /** Groups of four maps and 2x2 positions; local contrast; the norm of each code of a batch of 256. */
    @Param({"layer-pooling", "layer-contrast", "layer-l2"})
    public String size;

    private Layer layer;
    private INDArray input;
    private INDArray epsilon;

    /** Layer and arrays. */
    @Setup
    public void prepare() {
        boolean images = !size.equals("layer-l2");
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(configuration())
                .setInputType(images ? InputType.convolutional(SIDE, SIDE, MAPS) : InputType.feedForward(UNITS))
                .build());
        net.init();
        layer = net.getLayer(0);
        input = images
                ? Nd4j.randn(DataType.FLOAT, BATCH, MAPS, SIDE, SIDE)
                : Nd4j.randn(DataType.FLOAT, UNITS / 4, UNITS);
        epsilon = Nd4j.randn(DataType.FLOAT, forward().shape());
    }

    private org.deeplearning4j.nn.conf.layers.Layer configuration() {
        return switch (size) {
            case "layer-pooling" ->
                new GroupL2PoolingLayer.Builder(Groups.blocks(MAPS, 4))
                        .window(2, 2)
                        .stride(2, 2)
                        .build();
            case "layer-contrast" -> new LocalContrastLayer.Builder().build();
            default -> new L2NormalizeLayer.Builder().build();
        };
    }

    private INDArray forward() {
        layer.setInput(input, WORKSPACES);
        return layer.activate(true, WORKSPACES);
    }

    /** The pass of inference. */
    @Benchmark
    public INDArray activate() {
        layer.setInput(input, WORKSPACES);
        return layer.activate(false, WORKSPACES);
    }

    /** The pass of training, and the gradient with respect to the input. */
    @Benchmark
    public INDArray activateAndBackprop() {
        forward();
        return layer.backpropGradient(epsilon, WORKSPACES).getSecond();
    }
}
