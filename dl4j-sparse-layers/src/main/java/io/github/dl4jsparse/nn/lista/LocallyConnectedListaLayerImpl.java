package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.operator.LocalGeometry;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link LocallyConnectedListaLayer}, on images and codes with their channels first. */
final class LocallyConnectedListaLayerImpl extends UnrolledLayer<LocallyConnectedListaLayer> {
    private static final long serialVersionUID = 1;

    private transient volatile LocalWiring wiring;

    LocallyConnectedListaLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public ChannelOrder channelOrder() {
        return layerConf().channelOrder();
    }

    private LocalWiring wiring() {
        LocalWiring own = wiring;
        if (own == null) {
            own = LocalWiring.of(layerConf().geometry(), layerConf().isWeightBorder());
            wiring = own;
        }
        return own;
    }

    @Override
    protected LocalWiring wiring(long[] inputShape) {
        return wiring();
    }

    @Override
    protected LocalWiring wiringOfCodes(long[] codeShape) {
        return wiring();
    }

    @Override
    protected INDArray requireShape(INDArray input) {
        LocalGeometry geometry = layerConf().geometry();
        long[] image = channelOrder().image(geometry.channels(), geometry.height(), geometry.width());
        if (!isImages(input, image)) {
            String remedy = "set the network's input type to fit the data, as every position has filters of its own";
            throw InputErrors.input(images(image), 4, input, remedy, index, layerId());
        }
        return input;
    }

    @Override
    protected INDArray requireCode(INDArray code) {
        LocalGeometry geometry = layerConf().geometry();
        long[] maps = channelOrder().image(geometry.units(), geometry.outHeight(), geometry.outWidth());
        if (!isImages(code, maps)) {
            throw InputErrors.code(images(maps), code, layerId());
        }
        return code;
    }

    private static boolean isImages(INDArray array, long[] image) {
        return array != null && array.rank() == 4 && Arrays.equals(Arrays.copyOfRange(array.shape(), 1, 4), image);
    }

    private static String images(long[] image) {
        return "images [batch, " + image[0] + ", " + image[1] + ", " + image[2] + "]";
    }

    @Override
    public Type type() {
        return Type.CONVOLUTIONAL;
    }
}
