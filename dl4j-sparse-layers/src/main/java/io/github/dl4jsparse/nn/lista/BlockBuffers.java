package io.github.dl4jsparse.nn.lista;

import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a block of examples between forward and backward pass. They are reused by the next pass as long as
 * batches have the same size: allocation would take longer than the element-wise part of a step.
 * <p>Shapes: codes, deltas, points and drives {@code [rows, nCode]} a step, images {@code [rows of images, pixels]} a step.
 *
 * @param codes       of all steps
 * @param deltas      gradients with respect to the argument of each step's shrinkage
 * @param points      the point v of each step except the first; null where that is the previous code
 * @param drives      the argument of each step's shrinkage, where its gradient needs it; else null
 * @param images      reconstructions from the points, or residuals of the input, where steps go through the decoder;
 *      else null. The first is used as a temporary array.
 * @param deltaImages images of the deltas, likewise
 * @param slopes      gradients of the step sizes, by the index of the step
 * @param momenta     gradients of the coefficients of the momentum, likewise
 * @param drive       E x in the forward pass; its gradient in the backward pass
 */
record BlockBuffers(
        Steps codes,
        Steps deltas,
        Steps points,
        Steps drives,
        Steps images,
        Steps deltaImages,
        double[] slopes,
        double[] momenta,
        INDArray drive) {

    /**
     * New arrays outside of any workspace.
     *
     * @param rows      of the codes as a matrix
     * @param imageRows rows of the images of a block as a matrix
     * @param image     elements of an image
     */
    static BlockBuffers of(ListaConf conf, DataType type, long rows, long imageRows, long image) {
        int steps = conf.getIterations();
        long units = conf.ownUnits();
        Supplier<Steps> codes = () -> Steps.allButFirst(type, steps, rows, units);
        Supplier<Steps> images = () -> Steps.allButFirst(type, steps, imageRows, image);
        return new BlockBuffers(
                Steps.allButLast(type, steps, rows, units),
                codes.get(),
                hasPoints(conf) ? codes.get() : null,
                EncoderChoices.shrinkage(conf).needsDrive() ? codes.get() : null,
                hasImages(conf) ? images.get() : null,
                hasImages(conf) ? images.get() : null,
                new double[steps],
                new double[steps],
                Nd4j.createUninitialized(type, rows, units));
    }

    private static boolean hasPoints(ListaConf conf) {
        return conf.hasMomentum() && conf.getIterations() > 1;
    }

    private static boolean hasImages(ListaConf conf) {
        return conf.stepsUseDecoder() || !conf.getCoupling().hasDrive();
    }

    /** Buffers for inference, with the codes of two steps at a time. */
    static BlockBuffers forInference(ListaConf conf, DataType type, long imageRows, long image, INDArray last) {
        int steps = conf.getIterations();
        Supplier<INDArray> code = () -> Nd4j.createUninitialized(type, last.shape());
        // steps in residual form need the residual and its multiple at the same time
        INDArray[] images = new INDArray[conf.getCoupling().hasDrive() ? 1 : 2];
        for (int i = 0; i < images.length && hasImages(conf); i++) {
            images[i] = Nd4j.createUninitialized(type, imageRows, image);
        }
        return new BlockBuffers(
                Steps.alternating(last, steps > 1 ? code.get() : null, steps),
                null,
                hasPoints(conf) ? new Steps(null, new INDArray[] {code.get()}) : null,
                null,
                new Steps(null, images),
                null,
                null,
                null,
                code.get());
    }

    int steps() {
        return slopes.length;
    }

    /** The point v of a step, from the second on. */
    INDArray point(int step) {
        return points == null ? codes.step(step - 1) : points.step(step);
    }

    /** The points v of the steps from the second on, stacked. */
    INDArray pointStack() {
        return points == null ? codes.stack() : points.stack();
    }
}
