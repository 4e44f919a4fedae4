package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.nn.OwnLayerContract;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.Samples;
import java.lang.reflect.Field;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** The contract of every layer on images of two channels, 4 x 3 pixels, in either order of the axes. */
abstract class ConvolutionalFixture extends OwnLayerContract {
    static final int HEIGHT = 4;
    static final int WIDTH = 3;
    private final CNN2DFormat format;

    ConvolutionalFixture(CNN2DFormat format) {
        this.format = format;
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public InputType inputType() {
        return InputType.convolutional(HEIGHT, WIDTH, width(), format);
    }

    @Override
    public INDArray input(int batch, long seed) {
        return format == CNN2DFormat.NCHW
                ? Samples.gaussian(seed, batch, width(), HEIGHT, WIDTH)
                : Samples.gaussian(seed, batch, HEIGHT, WIDTH, width());
    }

    @Override
    public int unitAxis() {
        return format == CNN2DFormat.NCHW ? 1 : 3;
    }

    @Override
    public INDArray maskOfExamples() {
        return super.maskOfExamples().reshape(3, 1, 1, 1);
    }

    @Override
    public double learningRate() {
        return 0.005;
    }

    private ConvolutionLayer pointwise(int maps) {
        return new ConvolutionLayer.Builder(1, 1)
                .nOut(maps)
                .dataFormat(format)
                .activation(Activation.TANH)
                .build();
    }

    @Override
    public FeedForwardLayer below() {
        return pointwise(width());
    }

    @Override
    public Layer[] above() {
        return new Layer[] {pointwise(2)};
    }

    @Override
    public List<INDArray> misshapenInputs() {
        return List.of(
                Samples.gaussian(1, 2, 24),
                Samples.gaussian(1, 2, 3, HEIGHT, 5),
                Samples.gaussian(1, 2, 2, HEIGHT, WIDTH, 1));
    }

    /** Coverage of the pixels by plain counting. */
    @Override
    public INDArray pixelWeights(LayerVariant variant, INDArray residual) {
        ConvolutionalListaLayer conf = (ConvolutionalListaLayer) variant.layer(0);
        INDArray weights = Nd4j.onesLike(residual);
        if (!conf.isWeightBorder()) {
            return weights;
        }
        for (long i = 0; i < weights.length(); i++) {
            long[] at = Shape.ind2subC(residual.shape(), i);
            int y = (int) at[format == CNN2DFormat.NCHW ? 2 : 1];
            int x = (int) at[format == CNN2DFormat.NCHW ? 3 : 2];
            weights.putScalar(i, share(conf, 0, y, HEIGHT) * share(conf, 1, x, WIDTH));
        }
        return weights;
    }

    private static double share(ConvolutionalListaLayer conf, int axis, int pixel, int side) {
        int kernel = conf.getKernelSize()[axis];
        int stride = conf.getStride()[axis];
        int places = conf.getConvolutionMode() == ConvolutionMode.Same
                ? (side + stride - 1) / stride
                : (side + 2 * conf.getPadding()[axis] - kernel) / stride + 1;
        int lead = conf.getConvolutionMode() == ConvolutionMode.Same
                ? Math.max(0, (places - 1) * stride + kernel - side) / 2
                : conf.getPadding()[axis];
        double seen = 0;
        double all = 0;
        for (int p = -20; p < 20; p++) {
            boolean sees = p * stride - lead <= pixel && pixel < p * stride - lead + kernel;
            all += sees ? 1 : 0;
            seen += sees && p >= 0 && p < places ? 1 : 0;
        }
        return seen / all;
    }

    @Override
    public Object otherValue(Field field, Object value) {
        return switch (field.getName()) {
            case "predictive" -> new PredictiveSparseDecomposition(0.3, new Fista(7, 0.1));
            case "kernelSize", "stride", "padding", "imageSize" -> new int[] {((int[]) value)[0] + 1, 7};
            case "dataFormat" -> value == CNN2DFormat.NHWC ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
            default -> super.otherValue(field, value);
        };
    }
}
