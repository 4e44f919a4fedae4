package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Converts a trained network to one of DL4J's own layers only, with the same outputs, so that a server does not need
 * this library.
 * <table>
 * <caption>Layers and their equivalents</caption>
 * <tr><td>{@link ListaLayer}, one step, non-negative</td><td>{@code DenseLayer}, rectified linear</td></tr>
 * <tr><td>{@link ListaLayer}, any number of steps, either shrinkage, in a graph</td><td>a {@code DenseLayer} for the drive and one for
 * every further step, sums and rectifiers</td></tr>
 * <tr><td>{@link ConvolutionalListaLayer}, one step, non-negative</td><td>{@code ConvolutionLayer}, rectified linear</td></tr>
 * <tr><td>{@link GroupL2PoolingLayer} without groups</td><td>{@code SubsamplingLayer}, p-norm of 2</td></tr>
 * <tr><td>{@link GroupSparsityLayer}</td><td>{@code ActivationLayer}, identity</td></tr>
 * </table>
 * <p>A gain of at least 0 becomes part of weights and bias: \( g \max(0, E x - b) = \max(0, g E x - g b) \). DL4J's p-norm has no
 * smoothing: a pool with epsilon becomes smaller by at most \( \sqrt{\epsilon} \), 0.0001 for the default of 1e-8, and a larger
 * epsilon is refused. Layers without an equivalent are refused, with name and reason. Losses, decoders and dropout are
 * removed; other layers are not changed.
 */
public final class StandardLayers {
    private static final String PACKAGE = "io.github.dl4jsparse.";
    /** The largest smoothing of pools, which is the default; outputs differ by at most its square root. */
    private static final double MOST_SMOOTHING = 1e-8;

    private static final LayerReplacement CONVERSION = new LayerReplacement() {
        @Override
        public Layer conf(Layer conf, Map<String, INDArray> params, String name) {
            return twin(conf, params, name);
        }

        @Override
        public void copy(Layer conf, Map<String, INDArray> source, Map<String, INDArray> target) {
            if (conf instanceof ListaConf encoder) {
                copyEncoder(encoder, source, target);
            } else {
                LayerReplacement.copyCommon(source, target);
            }
        }
    };

    private StandardLayers() {}

    /**
     * A network of DL4J's own layers.
     *
     * @param net initialised. Not modified.
     * @throws IllegalArgumentException if a layer has no equivalent; names it and the reason
     */
    public static MultiLayerNetwork convert(MultiLayerNetwork net) {
        return CONVERSION.in(Net.of(net).initialised("net"));
    }

    /**
     * A graph of DL4J's own layers; the steps of its dense encoders become vertices.
     *
     * @param graph initialised. Not modified.
     * @throws IllegalArgumentException if a layer has no equivalent; names it and the reason
     */
    public static ComputationGraph convert(ComputationGraph graph) {
        return CONVERSION.in(Net.of(unrolled(Net.of(graph).initialised("graph").model())));
    }

    /**
     * A stack as a graph of DL4J's own layers, which can hold encoders of several steps.
     *
     * @param net initialised. Not modified.
     * @throws IllegalArgumentException if a layer has no equivalent; names it and the reason
     */
    public static ComputationGraph convertToGraph(MultiLayerNetwork net) {
        return convert(Net.of(net).initialised("net").model().toComputationGraph());
    }

    /** The graph with dense encoders of several steps replaced by their steps; the graph itself if it has none. */
    private static ComputationGraph unrolled(ComputationGraph graph) {
        ComputationGraphConfiguration conf = graph.getConfiguration().clone();
        Map<String, Map<String, INDArray>> weights = new LinkedHashMap<>();
        graph.getConfiguration().getVertices().forEach((name, vertex) -> {
            if (UnrolledSteps.isFor(vertex)) {
                Map<String, INDArray> params = graph.getLayer(name).paramTable(false);
                requireGain(params, name);
                UnrolledSteps steps =
                        new UnrolledSteps(vertex, params, conf.getVertexInputs().get(name), name);
                steps.replaceIn(conf);
                weights.putAll(steps.weights());
            }
        });
        if (weights.isEmpty()) {
            return graph;
        }
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        conf.setIterationCount(graph.getConfiguration().getIterationCount());
        conf.setEpochCount(graph.getConfiguration().getEpochCount());
        ComputationGraph result = new ComputationGraph(conf);
        result.init();
        result.setListeners(graph.getListeners());
        conf.getVertices().forEach((name, vertex) -> {
            if (LayerWrappers.layerVertex(vertex) != null) {
                Map<String, INDArray> own = result.getLayer(name).paramTable(false);
                Map<String, INDArray> source = weights.get(name);
                LayerReplacement.copyCommon(
                        source == null && !own.isEmpty() ? graph.getLayer(name).paramTable(false) : source, own);
            }
        });
        return result;
    }

    private static Layer twin(Layer conf, Map<String, INDArray> params, String name) {
        if (conf instanceof ListaConf encoder) {
            requireRectifier(encoder, params, name);
            return encoder instanceof ConvolutionalListaLayer images ? convolution(images) : dense(encoder);
        }
        if (conf instanceof GroupL2PoolingLayer pooling) {
            return subsampling(pooling, name);
        }
        if (conf instanceof GroupSparsityLayer) {
            ActivationLayer identity = new ActivationLayer.Builder()
                    .activation(Activation.IDENTITY)
                    .build();
            identity.setLayerName(conf.getLayerName());
            return identity;
        }
        if (conf.getClass().getName().startsWith(PACKAGE)) {
            throw refused(name, "one that DL4J has a twin of", conf.getClass().getSimpleName());
        }
        return conf.clone();
    }

    private static void requireRectifier(ListaConf encoder, Map<String, INDArray> params, String name) {
        if (!(encoder instanceof ListaLayer) && !(encoder instanceof ConvolutionalListaLayer)) {
            throw refused(name, "dense or convolutional", encoder.getClass().getSimpleName());
        }
        if (encoder instanceof ConvolutionalListaLayer convolution && convolution.isSequences()) {
            throw refused(name, "dense, or convolutional for images", "one for sequences");
        }
        if (!encoder.hasAffineSteps()) {
            throw refused(
                    name,
                    "with steps that are affine maps and rectifiers: coupling free() or dictionary(), no momentum, thresholds"
                            + " perUnit(), shrinkage SOFT or NON_NEGATIVE",
                    encoder.getCoupling() + ", " + encoder.getMomentum() + ", " + encoder.getThresholds() + ", "
                            + encoder.getShrinkage() + ", " + encoder.getSupport());
        }
        // in a graph, dense encoders have been replaced by their steps before
        String remedy = encoder instanceof ListaLayer ? " (convertToGraph makes a graph of its steps)" : "";
        if (encoder.getIterations() != 1) {
            throw refused(
                    name, "an encoder of one step, as DL4J's layers are" + remedy, encoder.getIterations() + " steps");
        }
        if (encoder.getShrinkage().isSigned()) {
            throw refused(name, "non-negative, as a rectified linear unit is" + remedy, encoder.getShrinkage());
        }
        requireGain(params, name);
    }

    private static void requireGain(Map<String, INDArray> params, String name) {
        INDArray gain = params.get(ListaConf.GAIN);
        if (gain != null && gain.minNumber().doubleValue() < 0) {
            throw refused(name, "with a gain of at least 0, which weights can hold", "a gain of " + gain.minNumber());
        }
    }

    private static DenseLayer dense(ListaConf encoder) {
        return denseBuilder(encoder)
                .nIn(encoder.getNIn())
                .nOut(encoder.getNOut())
                .activation(Activation.RELU)
                .name(encoder.getLayerName())
                .build();
    }

    /** A dense layer with the options of an encoder that matter for further training. */
    static DenseLayer.Builder denseBuilder(ListaConf encoder) {
        return new DenseLayer.Builder()
                .weightInit(encoder.getWeightInitFn())
                .biasInit(0)
                .gradientNormalization(encoder.getGradientNormalization())
                .updater(encoder.getIUpdater());
    }

    private static ConvolutionLayer convolution(ConvolutionalListaLayer encoder) {
        return new ConvolutionLayer.Builder(encoder.getKernelSize(), encoder.getStride(), encoder.getPadding())
                .nIn(encoder.getNIn())
                .nOut(encoder.getNOut())
                .convolutionMode(encoder.getConvolutionMode())
                .dataFormat(ChannelOrder.format(encoder.getDataFormat()))
                .activation(Activation.RELU)
                .weightInit(encoder.getWeightInitFn())
                .biasInit(0)
                .gradientNormalization(encoder.getGradientNormalization())
                .updater(encoder.getIUpdater())
                .name(encoder.getLayerName())
                .build();
    }

    private static SubsamplingLayer subsampling(GroupL2PoolingLayer pooling, String name) {
        if (pooling.getGroups() != null) {
            throw refused(name, "without groups of maps, which DL4J's pooling can't mix", pooling.getGroups());
        }
        if (pooling.getEpsilon() > MOST_SMOOTHING) {
            throw refused(
                    name,
                    "with an epsilon of at most " + MOST_SMOOTHING + ", as DL4J's p-norm has none",
                    pooling.getEpsilon());
        }
        return new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.PNORM, pooling.getWindow(), pooling.getStride())
                .pnorm(2)
                .dataFormat(ChannelOrder.format(pooling.getDataFormat()))
                .name(pooling.getLayerName())
                .build();
    }

    private static void copyEncoder(ListaConf encoder, Map<String, INDArray> source, Map<String, INDArray> target) {
        INDArray weights = source.get(ListaConf.ENCODER).dup('c');
        INDArray bias = source.get(ListaConf.THRESHOLD).neg();
        INDArray gain = source.get(ListaConf.GAIN);
        if (gain != null) {
            weights.muliColumnVector(gain.reshape(gain.length(), 1));
            bias.muli(gain);
        }
        weights.divi(InputScale.of(source));
        INDArray own = target.get(DefaultParamInitializer.WEIGHT_KEY);
        if (encoder instanceof ConvolutionalListaLayer images) {
            int[] kernel = images.getKernelSize();
            own.assign(weights.reshape('c', images.getNOut(), kernel[0], kernel[1], images.getNIn())
                    .permute(0, 3, 1, 2));
        } else {
            own.assign(weights.transpose());
        }
        target.get(DefaultParamInitializer.BIAS_KEY).assign(bias);
    }

    private static IllegalArgumentException refused(String name, String rule, Object value) {
        return Args.failure("layer \"" + name + "\" for a network of standard layers", rule, value);
    }
}
