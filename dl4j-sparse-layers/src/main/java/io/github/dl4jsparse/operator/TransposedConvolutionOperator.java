package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Transposed convolution with a dictionary of its own: images are sums of atoms at the positions of a map.
 * <p>\[ x_{b,i} = \sum_{p,f} D_{i - s p,\, f}\; z_{b,p,f} \]
 * where p is a position, f a map, and i - s p the element of the patch at position p that pixel i is.
 * <p>Shapes: {@code z: [batch, outHeight, outWidth, maps]}, {@code x: [batch, height, width, channels]}, or others with the same
 * elements in this order, as for {@link ConvolutionOperator}; {@code D: [kernelHeight * kernelWidth * channels, maps]},
 * with an atom in each column.
 */
final class TransposedConvolutionOperator implements LinearOperator {
    private final LinearOperator convolution;

    /**
     * @param dictionary {@code D: [kernelHeight * kernelWidth * channels, maps]}, kept by reference
     * @throws IllegalArgumentException if the dictionary has another shape
     */
    public TransposedConvolutionOperator(ConvolutionGeometry geometry, INDArray dictionary) {
        Args.given("geometry", geometry);
        if (Args.given("dictionary", dictionary).rank() != 2 || dictionary.size(0) != geometry.patch()) {
            throw Args.failure(
                    "dictionary", "a matrix [" + geometry.patch() + ", maps]", Arrays.toString(dictionary.shape()));
        }
        convolution = new ConvolutionOperator(geometry, dictionary.transpose());
    }

    private TransposedConvolutionOperator(LinearOperator convolution) {
        this.convolution = convolution;
    }

    @Override
    public Optional<LinearOperator> castTo(DataType type) {
        return convolution.castTo(type).map(TransposedConvolutionOperator::new);
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        convolution.adjoint(input, result, beta);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        convolution.apply(output, result, beta);
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        convolution.weightGradient(delta, input, gradient.transpose(), beta);
    }

    @Override
    public void weightGradient(List<INDArray> inputs, List<INDArray> deltas, INDArray gradient, double beta) {
        convolution.weightGradient(deltas, inputs, gradient.transpose(), beta);
    }

    @Override
    public long[] inputShape(long... outputShape) {
        return convolution.outputShape(outputShape);
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return convolution.inputShape(inputShape);
    }
}
