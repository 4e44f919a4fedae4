package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.operator.LinearOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The base of layers whose input may be divided by an {@link InputScale}, and whose dictionary may be started from
 * data.
 *
 * @param <C> the layer's configuration
 */
abstract class ScaledLayer<C extends SparseLayerConf> extends CodeLayer<C> implements UnsupervisedLayer {
    private static final long serialVersionUID = 1;

    ScaledLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /**
     * The decoder for inputs of the shape of a batch, outside of any workspace; by default refused.
     *
     * @throws UnsupportedOperationException if this kind of layer can't be started from data
     */
    protected LinearOperator decoderFor(INDArray x) {
        throw new UnsupportedOperationException(getClass().getSimpleName()
                + " can't be started from data; set its dictionary, or leave inputScaling off " + layerId());
    }

    /** The part of an input that the decoder reconstructs, in the layer's order; by default all of it. */
    protected INDArray reconstructedPart(INDArray x) {
        return x;
    }

    /** The part of an input on which the scale is measured, in the network's order; by default all of it. */
    protected INDArray measured(INDArray input) {
        return input;
    }

    /**
     * Images without masked pixels; by default the images themselves.
     *
     * @param images in the layer's order. Not modified.
     * @param x      the checked input that they belong to. Not modified.
     */
    protected INDArray visible(INDArray images, INDArray x) {
        return images;
    }

    /** The reconstruction of a batch of codes, outside of any workspace. */
    protected abstract INDArray imageOf(INDArray code);

    /**
     * The reconstruction of codes in a given shape of inputs, outside of any workspace.
     *
     * @param inputShape in the layer's order. Not modified.
     */
    protected INDArray imageOf(INDArray code, long[] inputShape) {
        return imageOf(code);
    }

    /** The code of a batch outside of training, outside of any workspace. */
    protected abstract INDArray codeOf(INDArray x);

    /** An input outside of training, checked, in the layer's order and divided by the scale. */
    protected final INDArray checked(INDArray input) {
        return scaled(requireShape(input), Workspaces.none(), ArrayType.ACTIVATIONS);
    }

    /** An array of inputs in the layer's order, divided by the scale in a new array where there is one. */
    final INDArray scaled(INDArray array, LayerWorkspaceMgr workspaces, ArrayType type) {
        INDArray ordered = inOrder(array, workspaces, type);
        double scale = InputScale.of(params);
        return scale == 1
                ? ordered
                : ordered.div(scale, workspaces.createUninitialized(type, dataType, ordered.shape(), 'c'));
    }

    /** A reconstruction, multiplied by the scale. Modified in place. */
    final INDArray unscaled(INDArray image) {
        double scale = InputScale.of(params);
        return scale == 1 ? image : image.muli(scale);
    }

    /** Converts a gradient with respect to the divided input to one with respect to the input. Modified in place. */
    final INDArray throughScale(INDArray gradient) {
        double scale = InputScale.of(params);
        return scale == 1 ? gradient : gradient.divi(scale);
    }

    /** Whether the layer has a scale that was measured, or a dictionary that was set; files and copies keep this. */
    final boolean hasMetData() {
        return params.containsKey(InputScale.KEY) && !InputScale.isUntouched(params);
    }

    /** Measures the scale on the first batch of a training. */
    final void measureScale() {
        if (InputScale.isMissing(params)) {
            Workspaces.outside(() -> {
                InputScale.measure(params, measured(input), layerConf().atomSize());
                return null;
            });
        }
    }

    /** Excludes the scale from the user's constraints on all parameters. */
    @Override
    public void applyConstraints(int iteration, int epoch) {
        INDArray scale = params.get(InputScale.KEY);
        double kept = scale == null ? 0 : scale.getDouble(0);
        super.applyConstraints(iteration, epoch);
        if (scale != null) {
            scale.assign(kept);
        }
    }

    @Override
    public final double inputScale() {
        return InputScale.of(params);
    }

    @Override
    public final boolean awaitsData() {
        return InputScale.isUntouched(params);
    }

    @Override
    public final void startFromData(INDArray examples, long seed) {
        Workspaces.outside(() -> {
            if (InputScale.isMissing(params)) {
                InputScale.measure(
                        params, measured(requireShape(examples)), layerConf().atomSize());
            }
            INDArray x = checked(examples);
            INDArray weights = params.get(layerConf().decoderKey());
            boolean columns = weights.size(0) == layerConf().atomSize() && weights.size(1) == codeSize();
            INDArray images = visible(reconstructedPart(x), x);
            startFrom(new DataAtoms(decoderFor(x), images, Math.toIntExact(codeSize()), seed).draw(weights, columns));
            layerConf().fitSteps(params, images, () -> visible(imageOf(codeOf(x), x.shape()), x));
            return null;
        });
    }
}
