package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.operator.LinearOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The Gram kernel of a convolutional dictionary: away from the borders {@code I - a D'D} is the convolution of code
 * maps with it.
 * <p>\[ S_{f,(o,f')} = \delta_{f f'} \delta_{o 0} - a \sum_i D_{i,f}\, D_{i - s o, f'} \]
 * where o is the offset between two positions, s the stride, and i runs over the pixels of a patch.
 */
final class GramKernel {
    private GramKernel() {}

    /**
     * The size of the kernel, down and across, the number of positions whose patches overlap the central one:
     * {@code 2 floor((k - 1) / s) + 1}.
     */
    static int[] kernel(int[] kernelSize, int[] stride) {
        return new int[] {2 * ((kernelSize[0] - 1) / stride[0]) + 1, 2 * ((kernelSize[1] - 1) / stride[1]) + 1};
    }

    /**
     * The kernel of the convolution.
     *
     * @param dictionary D: [patch, maps]. Not modified.
     * @return [maps, kernel height * kernel width * maps], a new array
     */
    static INDArray istaKernel(INDArray dictionary, int[] kernelSize, int[] stride, int channels, double step) {
        int[] places = kernel(kernelSize, stride);
        int[] image = {(places[0] - 1) * stride[0] + kernelSize[0], (places[1] - 1) * stride[1] + kernelSize[1]};
        ConvolutionGeometry geometry =
                ConvolutionGeometry.padded(channels, image, kernelSize, stride, new int[] {0, 0});
        LinearOperator filters = geometry.convolution(dictionary.transpose());
        int maps = Math.toIntExact(dictionary.size(1));
        int middle = geometry.positions() / 2;
        // one example per map, with a single 1 in the middle of that map
        INDArray codes = Nd4j.zeros(dictionary.dataType(), maps, geometry.positions(), maps);
        for (int map = 0; map < maps; map++) {
            codes.putScalar(new int[] {map, middle, map}, 1);
        }
        INDArray images = Nd4j.createUninitialized(dictionary.dataType(), maps, geometry.pixels());
        filters.adjoint(codes, images, 0);
        filters.apply(images, codes, 0);
        double[] gram = HostArrays.doubles(codes);
        int count = geometry.positions();
        double[] kernel = new double[gram.length];
        for (int map = 0; map < maps; map++) {
            for (int place = 0; place < count; place++) {
                for (int other = 0; other < maps; other++) {
                    // the kernel is symmetric: S at offset -o is the transpose of S at o
                    double overlap = gram[(other * count + count - 1 - place) * maps + map];
                    double identity = place == middle && map == other ? 1 : 0;
                    kernel[(map * count + place) * maps + other] = identity - step * overlap;
                }
            }
        }
        return Nd4j.createFromArray(kernel).castTo(dictionary.dataType()).reshape('c', maps, (long) count * maps);
    }
}
