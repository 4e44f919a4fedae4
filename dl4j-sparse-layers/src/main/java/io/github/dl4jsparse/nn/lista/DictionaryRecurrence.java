package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link Recurrence#DICTIONARY}: the step of ISTA without its drive, applied through the decoder.
 * <p>\[ S z = z - a\, D^{\top} M D z, \qquad S^{\top} \delta = \delta - a\, D^{\top} M D \delta \]
 * \[ \partial a = -\langle D \delta, M D z \rangle, \qquad
 * \partial D = -a \left( (M D z)\, \delta^{\top} + (M D \delta)\, z^{\top} \right) \]
 * where M is the diagonal of the {@link PixelWeights}. The images {@code M D z} and {@code -a M D delta} of all steps are kept for
 * the gradients, so that the one of D is two products; they are small beside the codes.
 *
 * @param decoderKey of the parameter that the decoder's weights are
 * @param stepSizes  a, one for all steps or one a step from the second on; null for 1
 */
record DictionaryRecurrence(LinearOperator decoder, String decoderKey, double[] stepSizes, PixelWeights pixels)
        implements RecurrentMap {

    private double stepSize(int step) {
        return stepSizes == null ? 1 : stepSizes[place(step)];
    }

    private int place(int step) {
        return stepSizes.length > 1 ? step - 1 : 0;
    }

    @Override
    public boolean leavesOutIdentity() {
        return true;
    }

    @Override
    public void apply(int step, INDArray z, INDArray result, BlockBuffers buffers) {
        INDArray image = buffers.images().step(step);
        INDArray scaled = buffers.images().step(0);
        decoder.apply(z, image, 0);
        pixels.multiply(image);
        image.mul(-stepSize(step), scaled);
        decoder.adjoint(scaled, result, 0);
    }

    @Override
    public void adjoint(int step, INDArray delta, INDArray result, BlockBuffers buffers) {
        INDArray image = buffers.images().step(step);
        INDArray deltaImage = buffers.deltaImages().step(step);
        double a = stepSize(step);
        decoder.apply(delta, deltaImage, 0);
        if (stepSizes != null) {
            buffers.slopes()[step] = -Nd4j.getBlasWrapper().dot(deltaImage, image);
        }
        image.muli(-a);
        pixels.multiply(deltaImage, -a, deltaImage);
        decoder.adjoint(deltaImage, result, 0);
    }

    @Override
    public void writeGradients(List<BlockBuffers> blocks, Map<String, INDArray> gradients) {
        INDArray sizes = gradients.get(ListaConf.STEP);
        if (sizes != null) {
            double[] sums = new double[Math.toIntExact(sizes.length())];
            for (BlockBuffers block : blocks) {
                for (int step = 1; step < block.slopes().length; step++) {
                    sums[place(step)] += block.slopes()[step];
                }
            }
            HostArrays.write(sums, sizes);
        }
        if (blocks.get(0).images() != null) {
            addDecoderGradient(blocks, gradients.get(decoderKey));
        }
    }

    /** The images have the factor -a by now. */
    private void addDecoderGradient(List<BlockBuffers> blocks, INDArray gradient) {
        decoder.weightGradient(
                blocks.stream().map(b -> b.deltas().stack()).toList(),
                blocks.stream().map(b -> b.images().stack()).toList(),
                gradient,
                1);
        decoder.weightGradient(
                blocks.stream().map(b -> b.codes().stack()).toList(),
                blocks.stream().map(b -> b.deltaImages().stack()).toList(),
                gradient,
                1);
    }
}
