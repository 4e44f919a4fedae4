package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link Recurrence#DICTIONARY}: the step of ISTA without its drive, applied through the decoder.
 * <p>\[ S z = z - a\, D^{\top} M D z, \qquad S^{\top} \delta = \delta - a\, D^{\top} M D \delta \]
 * \[ \partial a = -\langle D \delta, M D z \rangle, \qquad
 * \partial D = -a \left( (M D z)\, \delta^{\top} + (M D \delta)\, z^{\top} \right) \]
 * where M is the diagonal of the {@link PixelWeights}. The images D z are kept for the gradient; they are small beside the codes.
 */
final class DictionaryRecurrence implements RecurrentMap {
    private final LinearOperator decoder;
    private final String decoderKey;
    private final INDArray stepSizes;
    private final PixelWeights pixels;
    private final INDArray[] images;

    /**
     * @param steps      K
     * @param decoderKey of the parameter that the decoder's weights are
     * @param stepSizes  a, one for all steps or one a step from the second on; null for 1
     * @param room       makes an array of the shape of the images
     * @param keep       whether the images are kept for the gradient
     */
    DictionaryRecurrence(
            int steps,
            LinearOperator decoder,
            String decoderKey,
            INDArray stepSizes,
            PixelWeights pixels,
            Supplier<INDArray> room,
            boolean keep) {
        this.decoder = decoder;
        this.decoderKey = decoderKey;
        this.stepSizes = stepSizes;
        this.pixels = pixels;
        // the first is what is needed but for a moment
        this.images = new INDArray[steps == 1 ? 0 : keep ? steps : 2];
        for (int i = 0; i < images.length; i++) {
            images[i] = room.get();
        }
    }

    private double stepSize(int step) {
        return stepSizes == null ? 1 : stepSizes.getDouble(place(step));
    }

    private long place(int step) {
        return stepSizes.length() > 1 ? step - 1 : 0;
    }

    /** The image of a step; where they are not kept, that of the last one. */
    private INDArray image(int step) {
        return images[Math.min(step, images.length - 1)];
    }

    private INDArray scratch() {
        return images[0];
    }

    @Override
    public void add(int step, INDArray z, INDArray drive, INDArray result) {
        INDArray image = image(step);
        decoder.apply(z, image, 0);
        INDArray scaled = scratch();
        pixels.multiply(image, -stepSize(step), scaled);
        drive.add(z, result);
        decoder.adjoint(scaled, result, 1);
    }

    @Override
    public boolean worksInPlace() {
        return true;
    }

    @Override
    public void begin(Map<String, INDArray> gradients) {
        if (stepSizes != null) {
            gradients.get(ListaConf.STEP).assign(0);
        }
    }

    @Override
    public void backward(int step, INDArray z, INDArray delta, INDArray result, Map<String, INDArray> gradients) {
        INDArray gradient = gradients.get(decoderKey);
        double a = stepSize(step);
        INDArray weighted = image(step);
        pixels.multiply(weighted);
        INDArray image = scratch();
        decoder.apply(delta, image, 0);
        if (stepSizes != null) {
            INDArray sizes = gradients.get(ListaConf.STEP);
            double slope = -Nd4j.getBlasWrapper().dot(image, weighted);
            sizes.putScalar(place(step), sizes.getDouble(place(step)) + slope);
        }
        decoder.weightGradient(delta, weighted.muli(-a), gradient, 1);
        pixels.multiply(image, -a, image);
        decoder.weightGradient(z, image, gradient, 1);
        result.assign(delta);
        decoder.adjoint(image, result, 1);
    }

    @Override
    public void finish(Steps codes, Steps deltas, Map<String, INDArray> gradients) {
        // every step has added its part
    }
}
