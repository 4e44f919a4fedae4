package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.nn.common.ChannelOrder;
import io.github.dl4jsparse.nn.common.InputErrors;
import io.github.dl4jsparse.nn.common.LayerErrors;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ConvolutionalListaLayer}, on images and codes with their channels last. */
final class ConvolutionalListaLayerImpl extends UnrolledLayer<ConvolutionalListaLayer> {
    private static final long serialVersionUID = 1;

    private transient volatile ConvolutionalWiring last;

    ConvolutionalListaLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public ChannelOrder channelOrder() {
        return ChannelOrder.lastInLayer(layerConf().getDataFormat());
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

    /** The wiring of the images that the network is made for, or of the last ones, or of the smallest with such codes. */
    @Override
    protected ConvolutionalWiring wiringOfCodes(long[] codeShape) {
        int[] size = layerConf().getImageSize();
        ConvolutionalWiring typical = size[0] > 0 ? wiring(size[0], size[1]) : last;
        if (typical != null
                && typical.geometry().outHeight() == codeShape[1]
                && typical.geometry().outWidth() == codeShape[2]) {
            return typical;
        }
        int[] kernel = layerConf().getKernelSize();
        int[] image = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int covered = ((int) codeShape[axis + 1] - 1) * layerConf().getStride()[axis];
            boolean same = layerConf().getConvolutionMode() == org.deeplearning4j.nn.conf.ConvolutionMode.Same;
            image[axis] = covered + (same ? 1 : kernel[axis] - 2 * layerConf().getPadding()[axis]);
        }
        return wiring(image[0], image[1]);
    }

    @Override
    protected INDArray requireShape(INDArray input) {
        ChannelOrder order = channelOrder();
        if (!order.isImages(input, layerConf().getNIn())) {
            String rule = order.images(layerConf().getNIn());
            throw InputErrors.input(rule, 4, input, "set the network's input type to fit the data", index, layerId());
        }
        try {
            ConvolutionGeometry geometry = layerConf()
                    .geometry((int) input.size(order.heightAxis()), (int) input.size(order.heightAxis() + 1));
            layerConf().requirePenaltyFits(geometry);
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
