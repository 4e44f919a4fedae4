package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.nn.InputErrors;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.Arrays;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The measurements of a layer with a dictionary outside of training: energies, codes, reconstructions, without dropout,
 * weight noise or any change of the layer.
 * <p>Shapes: inputs and codes as the network has them, the batch first.
 *
 * @param <C> the layer's configuration
 */
abstract class MeasuredLayer<C extends SparseLayerConf> extends ScaledLayer<C> {
    private static final long serialVersionUID = 1;

    MeasuredLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** The energy of a batch of inputs with the layer's codes of them. */
    protected LossParts energyOf(INDArray x, INDArray code) {
        return LossParts.of(imageOf(code, x.shape()).subi(x), layerConf().penaltyWith(params), code);
    }

    private static <T> T outside(Supplier<T> work) {
        return SerialNative.get(() -> Workspaces.outside(work));
    }

    @Override
    public LossTerms energy(INDArray input) {
        return outside(() -> {
            INDArray x = checked(input);
            return energyOf(x, codeOf(x)).sums().times(1.0 / x.size(0));
        });
    }

    @Override
    public INDArray energies(INDArray input) {
        return outside(() -> {
            INDArray x = checked(input);
            return energyOf(x, codeOf(x)).energies();
        });
    }

    @Override
    public INDArray reconstruct(INDArray input) {
        return outside(() -> {
            INDArray x = checked(input);
            return inNetworkOrder(unscaled(imageOf(codeOf(x), x.shape())));
        });
    }

    @Override
    public INDArray encode(INDArray input) {
        return outside(() -> inNetworkOrder(codeOf(checked(input))));
    }

    @Override
    public INDArray decode(INDArray code) {
        return outside(() -> inNetworkOrder(unscaled(imageOf(ordered(code)))));
    }

    @Override
    public INDArray decode(INDArray code, long[] inputShape) {
        return outside(() -> {
            requireShape(Nd4j.createUninitialized(dataType, inputShape));
            INDArray image = inNetworkOrder(
                    unscaled(imageOf(ordered(code), channelOrder().toLayer(inputShape))));
            if (!Arrays.equals(image.shape(), inputShape)) {
                throw InputErrors.code("of inputs of shape " + Arrays.toString(inputShape), code, layerId());
            }
            return image;
        });
    }

    private INDArray ordered(INDArray code) {
        return inOrder(requireCode(code), Workspaces.none(), ArrayType.ACTIVATIONS);
    }
}
