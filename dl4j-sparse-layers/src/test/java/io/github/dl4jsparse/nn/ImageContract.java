package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.testkit.LayerContract;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The contract of every layer on maps of 5 x 4 positions, in either order of the axes. */
public abstract class ImageContract extends LayerContract {
    private static final int HEIGHT = 5;
    private static final int WIDTH = 4;
    private final CNN2DFormat format;
    private final int maps;

    protected ImageContract(CNN2DFormat format, int maps) {
        this.format = format;
        this.maps = maps;
    }

    private boolean isMapsFirst() {
        return format == CNN2DFormat.NCHW;
    }

    @Override
    public int width() {
        return maps;
    }

    @Override
    public InputType inputType() {
        return InputType.convolutional(HEIGHT, WIDTH, maps, format);
    }

    @Override
    public INDArray input(int batch, long seed) {
        return isMapsFirst()
                ? Samples.gaussian(seed, batch, maps, HEIGHT, WIDTH)
                : Samples.gaussian(seed, batch, HEIGHT, WIDTH, maps);
    }

    @Override
    public int unitAxis() {
        return isMapsFirst() ? 1 : 3;
    }

    @Override
    public INDArray maskOfExamples() {
        return super.maskOfExamples().reshape(3, 1, 1, 1);
    }

    @Override
    public double learningRate() {
        return 0.01;
    }

    private Layer pointwise() {
        return new ConvolutionLayer.Builder(1, 1)
                .nOut(maps)
                .dataFormat(format)
                .activation(Activation.TANH)
                .build();
    }

    @Override
    public Layer below() {
        return pointwise();
    }

    @Override
    public Layer[] above() {
        return new Layer[] {pointwise()};
    }

    @Override
    public List<INDArray> misshapenInputs() {
        return List.of(Samples.gaussian(1, 2, 24), Samples.gaussian(1, 2, maps, HEIGHT, WIDTH, 1));
    }
}
