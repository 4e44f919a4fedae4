package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Replaces the vertex of one dense encoder by its steps as vertices of DL4J's own. The last of them has its name.
 * <p>\[ z_1 = \max(0, E x - b), \qquad z_{t+1} = \max(0, (E x - b) + S z_t) \]
 * and with soft shrinkage \( z = \max(0, v - b) - \max(0, -v - b) \) for \( v = E x + S z_t \), which needs a second
 * copy of \( E \). A recurrence through the decoder becomes the matrix \( S = I - a D^{\top} D \); a gain g scales the
 * rows of E, b and S of the last step, for soft shrinkage too, as it is at least 0.
 */
final class UnrolledSteps {
    private final LayerVertex replaced;
    private final Layer wrapped;
    private final boolean frozenVertex;
    private final ListaConf encoder;
    private final Map<String, INDArray> params;
    private final List<String> inputs;
    private final String name;

    private final Map<String, GraphVertex> vertices = new LinkedHashMap<>();
    private final Map<String, List<String>> inputsOf = new LinkedHashMap<>();
    private final Map<String, Map<String, INDArray>> weights = new LinkedHashMap<>();

    /**
     * @param vertex {@link #isFor one with an encoder}. Not modified.
     * @param params of the encoder, its gain at least 0. Not modified.
     * @param inputs of the vertex. Not modified.
     */
    UnrolledSteps(GraphVertex vertex, Map<String, INDArray> params, List<String> inputs, String name) {
        this.replaced = LayerWrappers.layerVertex(vertex);
        this.wrapped = replaced.getLayerConf().getLayer();
        this.encoder = (ListaConf) LayerWrappers.inner(wrapped);
        this.frozenVertex = vertex instanceof FrozenVertex;
        this.params = params;
        this.inputs = inputs;
        this.name = name;
        addSteps();
    }

    /** Whether a vertex has an encoder that several of DL4J's layers in a graph can express, but no single one. */
    static boolean isFor(GraphVertex vertex) {
        LayerVertex own = LayerWrappers.layerVertex(vertex);
        return own != null
                && LayerWrappers.inner(own.getLayerConf().getLayer()) instanceof ListaLayer encoder
                && encoder.hasAffineSteps()
                && (encoder.getIterations() > 1 || encoder.getShrinkage().isSigned());
    }

    /** Replaces the vertex in a configuration. Modified in place. */
    void replaceIn(ComputationGraphConfiguration conf) {
        conf.getVertices().remove(name);
        conf.getVertexInputs().remove(name);
        conf.getVertices().putAll(vertices);
        conf.getVertexInputs().putAll(inputsOf);
    }

    /** The parameters of the new layers by the names of their vertices. */
    Map<String, Map<String, INDArray>> weights() {
        return weights;
    }

    private void addSteps() {
        boolean soft = encoder.getShrinkage().isSigned();
        String last = null;
        String drive = null;
        for (int t = 0; t < encoder.getIterations(); t++) {
            boolean ownDrive = t == 0 || encoder.isUntied() || isScaled(t);
            if (ownDrive) {
                drive = name + "-drive-" + (t + 1);
                addDrive(drive, t, 1);
                if (soft) {
                    addDrive(drive + "-negative", t, -1);
                }
            }
            last = soft ? softStep(t, drive, last) : rectified(stepName(t), sum(t, "", drive, last));
        }
    }

    private String softStep(int t, String drive, String before) {
        String positive = rectified(name + "-positive-" + (t + 1), sum(t, "", drive, before));
        String negative = rectified(name + "-negative-" + (t + 1), sum(t, "-negative", drive + "-negative", before));
        String step = stepName(t);
        add(step, new ElementWiseVertex(ElementWiseVertex.Op.Subtract), List.of(positive, negative));
        return step;
    }

    /** The drive of a step plus {@code S z} of the previous code, or both negated in the negative part. */
    private String sum(int t, String part, String drive, String before) {
        if (t == 0) {
            // a copy: outside of training DL4J's activation layer overwrites its input, which later steps need
            String copy = name + "-sum-1" + part;
            add(copy, new ScaleVertex(1), List.of(drive));
            return copy;
        }
        String recurrent = name + "-recurrent-" + (t + 1);
        if (part.isEmpty()) {
            addDense(recurrent, List.of(before), scaled(recurrence(t), t), null, null);
        } else {
            add(recurrent + part, new ScaleVertex(-1), List.of(recurrent));
        }
        String sum = name + "-sum-" + (t + 1) + part;
        add(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), List.of(drive, recurrent + part));
        return sum;
    }

    private String rectified(String step, String input) {
        Layer rectifier = new ActivationLayer.Builder()
                .activation(Activation.RELU)
                .name(step)
                .build();
        add(step, new LayerVertex(conf(rectifier), null), List.of(input));
        return step;
    }

    private void addDrive(String drive, int t, int sign) {
        INDArray matrix = scaled(block(ListaConf.ENCODER, t, encoder.getIterations()), t);
        INDArray threshold =
                block(ListaConf.THRESHOLD, t, encoder.getIterations()).neg();
        if (isScaled(t)) {
            threshold.muli(params.get(ListaConf.GAIN));
        }
        addDense(drive, inputs, matrix.muli(sign / InputScale.of(params)), threshold, replaced);
    }

    /** A dense layer without activation; the first one after the input takes over its preprocessor. */
    private void addDense(String vertex, List<String> from, INDArray matrix, INDArray bias, LayerVertex first) {
        DenseLayer dense = StandardLayers.denseBuilder(encoder)
                .nIn(matrix.size(1))
                .nOut(matrix.size(0))
                .activation(Activation.IDENTITY)
                .hasBias(bias != null)
                .name(vertex)
                .build();
        add(vertex, new LayerVertex(conf(dense), first == null ? null : first.getPreProcessor()), from);
        Map<String, INDArray> own = new LinkedHashMap<>();
        own.put(DefaultParamInitializer.WEIGHT_KEY, matrix.transpose());
        if (bias != null) {
            own.put(DefaultParamInitializer.BIAS_KEY, bias);
        }
        weights.put(vertex, own);
    }

    /**
     * Adds a vertex. Vertices without a layer have no wrapper; one above a frozen layer is frozen, so that DL4J stops
     * back-propagation there.
     */
    private void add(String vertex, GraphVertex conf, List<String> from) {
        boolean stops = wrapped instanceof FrozenLayer && !(conf instanceof LayerVertex);
        vertices.put(vertex, frozenVertex || stops ? new FrozenVertex(conf) : conf);
        inputsOf.put(vertex, new ArrayList<>(from));
    }

    private NeuralNetConfiguration conf(Layer layer) {
        NeuralNetConfiguration conf = replaced.getLayerConf().clone();
        conf.clearVariables();
        Layer same = LayerWrappers.around(wrapped, layer);
        same.setLayerName(layer.getLayerName());
        conf.setLayer(same);
        return conf;
    }

    private String stepName(int t) {
        return t == encoder.getIterations() - 1 ? name : name + "-step-" + (t + 1);
    }

    private boolean isScaled(int t) {
        return encoder.isGain() && t == encoder.getIterations() - 1;
    }

    /** The rows times the gain where the step has it; a new array. */
    private INDArray scaled(INDArray rows, int t) {
        INDArray copy = rows.dup('c');
        return isScaled(t) ? copy.muliColumnVector(params.get(ListaConf.GAIN).reshape(copy.size(0), 1)) : copy;
    }

    private INDArray recurrence(int t) {
        if (params.containsKey(ListaConf.RECURRENT)) {
            return block(ListaConf.RECURRENT, t - 1, encoder.getIterations() - 1);
        }
        INDArray dictionary =
                encoder.isTiedDecoder() ? params.get(ListaConf.ENCODER).transpose() : params.get(ListaConf.DECODER);
        INDArray sizes = params.get(ListaConf.STEP);
        double step = sizes == null ? 1 : sizes.getDouble(encoder.isUntied() ? t - 1 : 0);
        return Nd4j.eye(dictionary.size(1))
                .castTo(dictionary.dataType())
                .subi(dictionary.transpose().mmul(dictionary).muli(step));
    }

    /** The weights of a step, or those of all steps where they share them. */
    private INDArray block(String parameter, int t, int steps) {
        INDArray all = params.get(parameter);
        return encoder.isUntied() && encoder.getIterations() > 1 ? Rows.block(all, t, all.size(0) / steps) : all;
    }
}
