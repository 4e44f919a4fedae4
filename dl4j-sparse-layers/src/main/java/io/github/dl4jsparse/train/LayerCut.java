package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.nn.spi.Prunable;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * The pruned form of one layer of a network, when units are removed from it, or from the layer below.
 *
 * @param conf     the layer's configuration, smaller
 * @param outputs  the outputs that are kept, in ascending order; null for all
 * @param axes     the axes of each parameter; none where a parameter does not change
 * @param elements the elements of the parameters that are kept
 */
record LayerCut(Layer conf, int[] outputs, Function<String, List<Axis>> axes, KeptElements elements) {
    private static final Function<String, List<Axis>> WHOLE = parameter -> List.of();
    private static final List<Axis> INPUTS_FIRST = List.of(Axis.INPUTS, Axis.OTHER);

    /** Layers of a matrix of weights and biases; subclasses may have other parameters. */
    private static final Set<Class<?>> WEIGHTED = Set.of(DenseLayer.class, OutputLayer.class, RnnOutputLayer.class);

    private static final List<Axis> INPUTS_SECOND = List.of(Axis.OTHER, Axis.INPUTS, Axis.OTHER, Axis.OTHER);

    /** A layer that does not change. */
    static LayerCut none(Layer conf) {
        return new LayerCut(conf, null, WHOLE, KeptElements.ALL);
    }

    /**
     * A layer that keeps some of its units.
     *
     * @param name of the layer, for messages
     * @throws IllegalArgumentException if the layer can't be made smaller, or a unit is out of range
     */
    static LayerCut ofUnits(Layer conf, String name, int[] kept) {
        return ofInnerUnits(LayerWrappers.inner(conf), name, kept).within(conf);
    }

    private static LayerCut ofInnerUnits(Layer conf, String name, int[] kept) {
        if (!(conf instanceof SparseLayerConf sparse)) {
            throw Args.failure(
                    "layer \"" + name + "\"",
                    "one with a dictionary",
                    conf.getClass().getSimpleName());
        }
        requireAxes(conf, sparse, name);
        return new LayerCut(
                sparse.restrictedTo(kept), kept.clone(), sparse::axes, KeptElements.ofUnits(kept, sparse.getNOut()));
    }

    /**
     * A layer above, which keeps some of its inputs.
     *
     * @param name of the layer, for messages
     * @throws IllegalArgumentException if the layer can't work with fewer inputs
     */
    static LayerCut ofInputs(Layer conf, String name, int[] kept) {
        return ofInnerInputs(LayerWrappers.inner(conf), name, kept).within(conf);
    }

    /** The same in the wrappers of a layer. */
    private LayerCut within(Layer wrapped) {
        return new LayerCut(LayerWrappers.around(wrapped, conf), outputs, axes, elements);
    }

    private static LayerCut ofInnerInputs(Layer conf, String name, int[] kept) {
        if (conf instanceof Prunable own) {
            requireAxes(conf, own, name);
            return new LayerCut(
                    own.restrictedToInputs(kept),
                    own.outputsOf(kept),
                    own::axes,
                    own.prunableInputs() > 0 ? KeptElements.ofInputs(kept, own.prunableInputs()) : KeptElements.ALL);
        }
        if (WEIGHTED.contains(conf.getClass())) {
            return ofWeights((FeedForwardLayer) conf, kept);
        }
        if (conf.getClass() == BatchNormalization.class) {
            return ofNormalisation((BatchNormalization) conf, kept);
        }
        if (conf.getClass() == ConvolutionLayer.class) {
            return ofFilters((ConvolutionLayer) conf, kept);
        }
        boolean unitByUnit = conf instanceof DropoutLayer
                || conf.getClass() == SubsamplingLayer.class
                || conf.getClass() == GlobalPoolingLayer.class
                || conf instanceof ActivationLayer activation
                        && !(activation.getActivationFn() instanceof ActivationSoftmax);
        if (!unitByUnit) {
            throw Args.failure(
                    "layer \"" + name + "\" above the removed units",
                    "one that can do with fewer inputs (dense, output, convolution, pooling, dropout, activation unit"
                            + " by unit, batch normalisation, or a layer of this library)",
                    conf.getClass().getSimpleName());
        }
        return new LayerCut(conf.clone(), kept, WHOLE, KeptElements.ALL);
    }

    private static LayerCut ofWeights(FeedForwardLayer conf, int[] kept) {
        FeedForwardLayer smaller = (FeedForwardLayer) conf.clone();
        smaller.setNIn(kept.length);
        return new LayerCut(
                smaller,
                null,
                parameter -> parameter.equals(DefaultParamInitializer.WEIGHT_KEY) ? INPUTS_FIRST : List.of(),
                KeptElements.ofInputs(kept, conf.getNIn()));
    }

    private static LayerCut ofFilters(ConvolutionLayer conf, int[] kept) {
        ConvolutionLayer smaller = conf.clone();
        smaller.setNIn(kept.length);
        return new LayerCut(
                smaller,
                null,
                parameter -> parameter.equals(ConvolutionParamInitializer.WEIGHT_KEY) ? INPUTS_SECOND : List.of(),
                KeptElements.ofInputs(kept, conf.getNIn()));
    }

    private static LayerCut ofNormalisation(BatchNormalization conf, int[] kept) {
        BatchNormalization smaller = conf.clone();
        smaller.setNIn(kept.length);
        smaller.setNOut(kept.length);
        return new LayerCut(
                smaller, kept, parameter -> List.of(Axis.INPUTS), KeptElements.ofInputs(kept, conf.getNIn()));
    }

    private static void requireAxes(Layer conf, Prunable own, String name) {
        if (own.whyNotPrunable() != null) {
            throw Args.failure(
                    "layer \"" + name + "\"",
                    "one that can do with fewer units or inputs (" + own.whyNotPrunable() + ")",
                    conf.getClass().getSimpleName());
        }
        for (String parameter : conf.initializer().paramKeys(conf)) {
            if (own.axes(parameter).isEmpty()) {
                throw Args.failure(
                        "layer \"" + name + "\"",
                        "one whose configuration defines the axes of its parameter " + parameter,
                        conf.getClass().getSimpleName());
            }
        }
    }
}
