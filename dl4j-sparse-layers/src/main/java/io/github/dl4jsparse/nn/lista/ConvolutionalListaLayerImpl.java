package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.StepMask;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link ConvolutionalListaLayer}, on images and codes with their channels last. */
final class ConvolutionalListaLayerImpl extends UnrolledLayer<ConvolutionalListaLayer> {
    private static final long serialVersionUID = 1;

    /**
     * The wiring of the last batch, cached because successive batches mostly have one size; no result depends on it.
     */
    private transient volatile ConvolutionalWiring last;

    ConvolutionalListaLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public ChannelOrder channelOrder() {
        return layerConf().channelOrder();
    }

    @Override
    protected ConvolutionalWiring wiring(long[] inputShape) {
        return wiring((int) inputShape[1], (int) inputShape[2]);
    }

    private ConvolutionalWiring wiring(int height, int width) {
        ConvolutionalWiring wiring = last;
        if (wiring == null
                || wiring.geometry().height() != height
                || wiring.geometry().width() != width) {
            wiring = new ConvolutionalWiring(layerConf(), layerConf().geometry(height, width));
            last = wiring;
        }
        return wiring;
    }

    private StepMask stepMask(long batch, long time) {
        return layerConf().isSequences() ? StepMask.of(maskArray, batch, time, layerId()) : null;
    }

    @Override
    AuxiliaryInput auxiliary(INDArray x, Wiring wiring) {
        StepMask mask = stepMask(x.size(0), x.size(2));
        AuxiliaryInput channels = auxiliaryChannels(x, wiring);
        int each = Math.toIntExact(layerConf().imageChannels());
        return mask == null
                ? channels
                : Workspaces.outside(() -> channels.withSteps(mask.elements(each, dataType), wiring.pixels()));
    }

    /**
     * The mask of the positions of codes; with a position for each time step it is the mask of time steps, as in DL4J's
     * {@code Convolution1DLayer}.
     */
    private INDArray positions(StepMask mask, ConvolutionGeometry g) {
        return Workspaces.outside(() -> (layerConf().hasPlaceForEachStep()
                        ? mask.steps().dup('c')
                        : mask.positions(g.kernelWidth(), g.strideWidth(), g.left(), g.outWidth()))
                .castTo(dataType));
    }

    /** {@inheritDoc} With a mask of time steps, it has a value per position. */
    @Override
    INDArray codeMask(INDArray x, Wiring wiring) {
        StepMask mask = stepMask(x.size(0), x.size(2));
        if (mask == null) {
            return super.codeMask(x, wiring);
        }
        if (layerConf().getPredictive() != null) {
            throw LayerErrors.misfit(
                    "mask must be one value per example where a solver finds the codes (predictive)", input, layerId());
        }
        INDArray places = positions(mask, wiring(x.shape()).geometry());
        return places.reshape('c', places.length(), 1);
    }

    @Override
    protected void maskCode(INDArray code) {
        StepMask mask = stepMask(input.size(0), channelOrder().size(input)[1]);
        if (mask == null) {
            super.maskCode(code);
            return;
        }
        INDArray places =
                positions(mask, wiring(1, channelOrder().size(input)[1]).geometry());
        code.muli(places.reshape('c', places.size(0), 1, places.size(1), 1));
    }

    /** {@inheritDoc} Masked time steps have no weight. */
    @Override
    protected INDArray counted(INDArray x) {
        return stepMask(x.size(0), x.size(2)) == null ? super.counted(x) : x;
    }

    /** {@inheritDoc} A mask of time steps becomes one of positions. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
        Pair<INDArray, MaskState> own = super.feedForwardMaskArray(mask, state, batch);
        boolean isOfSteps = layerConf().isSequences() && mask != null && mask.rank() == 2 && mask.size(1) > 1;
        return isOfSteps
                ? new Pair<>(
                        positions(
                                new StepMask(mask),
                                wiring(1, (int) mask.size(1)).geometry()),
                        state)
                : own;
    }

    private AuxiliaryInput auxiliaryChannels(INDArray x, Wiring wiring) {
        AuxiliaryChannels channels = layerConf().auxiliaryChannels();
        return channels.isNone()
                ? AuxiliaryInput.NONE
                : Workspaces.outside(() -> {
                    AuxiliaryInput auxiliary = channels.read(x, inputScale(), wiring.pixels());
                    if (layerConf().isValidateInput()) {
                        channels.requireValid(x, auxiliary, layerId());
                    }
                    return auxiliary;
                });
    }

    @Override
    protected INDArray measured(INDArray images) {
        AuxiliaryChannels channels = layerConf().auxiliaryChannels();
        return channels.isNone() ? images : channels.visible(channelOrder().toLayer(images));
    }

    /** {@inheritDoc} Pixels of weight 0 are 0. */
    @Override
    protected INDArray visible(INDArray images, INDArray x) {
        if (!layerConf().isPixelMask()) {
            return images;
        }
        INDArray seen = images.dup('c');
        auxiliary(x, wiring(x.shape())).mask().multiply(seen);
        return seen;
    }

    /** {@inheritDoc} Only the channels of the image are dropped, not mask and noise level. */
    @Override
    protected void applyDropOutIfNecessary(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray before = input;
        super.applyDropOutIfNecessary(training, workspaces);
        AuxiliaryChannels channels = layerConf().auxiliaryChannels();
        if (input != before && !channels.isNone()) {
            channels.values(channelOrder().toLayer(input))
                    .assign(channels.values(channelOrder().toLayer(before)));
        }
    }

    /**
     * The wiring for images of the network's input type, if their codes have this size; else for the smallest images
     * whose codes do.
     */
    @Override
    protected ConvolutionalWiring wiringOfCodes(long[] codeShape) {
        int[] known = layerConf().getImageSize();
        if (layerConf().isSized() && isOf(known, codeShape)) {
            return wiring(known[0], known[1]);
        }
        int[] smallest = layerConf().smallestImage(codeShape[1], codeShape[2]);
        if (!isOf(smallest, codeShape)) {
            INDArray code = networkOrder(Nd4j.createUninitialized(dataType, codeShape));
            throw InputErrors.code("of a size that images have", code, layerId());
        }
        return wiring(smallest[0], smallest[1]);
    }

    private boolean isOf(int[] imageSize, long[] codeShape) {
        ConvolutionGeometry geometry = layerConf().geometry(imageSize[0], imageSize[1]);
        return geometry.outHeight() == codeShape[1] && geometry.outWidth() == codeShape[2];
    }

    @Override
    protected INDArray requireShape(INDArray input) {
        ChannelOrder order = channelOrder();
        if (!order.isImages(input, layerConf().getNIn())) {
            String rule = order.images(layerConf().getNIn());
            throw InputErrors.input(
                    rule, order.rank(), input, "set the network's input type to fit the data", index, layerId());
        }
        try {
            int[] size = order.size(input);
            UnitsOfImages.requireFit(layerConf(), layerConf().geometry(size[0], size[1]));
        } catch (IllegalArgumentException e) {
            throw LayerErrors.misfit(e.getMessage(), input, layerId());
        }
        return input;
    }

    @Override
    protected INDArray requireCode(INDArray code) {
        ChannelOrder order = channelOrder();
        if (!order.isImages(code, layerConf().getNOut())) {
            throw InputErrors.code(order.images(layerConf().getNOut()), code, layerId());
        }
        return code;
    }

    @Override
    public Type type() {
        return Type.CONVOLUTIONAL;
    }
}
