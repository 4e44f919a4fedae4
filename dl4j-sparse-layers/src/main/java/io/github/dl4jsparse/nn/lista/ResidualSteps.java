package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Steps in residual form.
 * <p>\[ u = v + \gamma\, C^{\top} r, \quad r = M x - M D v, \qquad
 * \partial v = \delta - \gamma\, D^{\top} M C \delta, \qquad \partial x \mathrel{+}= \gamma\, M C \delta \]
 * \[ \partial \gamma = \langle r, C \delta \rangle, \qquad \partial C = \gamma\, r\, \delta^{\top}, \qquad
 * \partial D = -\gamma\, (M C \delta)\, v^{\top} \]
 * where the caller passes M x, and multiplies the gradient of x by M. Buffers hold r and the image of delta of every
 * step.
 *
 * @param maps       C' from images to codes: one for all steps, or one per step
 * @param isTrained  whether the maps have trained weights of their own
 * @param decoder    D; null with one step that does not use it
 * @param decoderKey of the parameter with the decoder's weights
 */
record ResidualSteps(
        List<LinearOperator> maps,
        boolean isTrained,
        LinearOperator decoder,
        String decoderKey,
        StepSizes sizes,
        PixelWeights pixels)
        implements CoupledSteps {

    private LinearOperator map(int step) {
        return maps.get(maps.size() > 1 ? step : 0);
    }

    @Override
    public StepEncoders encoders() {
        return null;
    }

    @Override
    public boolean leavesOutIdentity() {
        return true;
    }

    @Override
    public void apply(int step, INDArray x, INDArray point, INDArray result, BlockBuffers buffers) {
        INDArray scaled = buffers.images().step(0);
        INDArray residual = x;
        if (point != null) {
            residual = buffers.images().step(step);
            decoder.apply(point, residual, 0);
            pixels.multiply(residual);
            x.sub(residual, residual);
        }
        residual.mul(sizes.of(step), scaled);
        map(step).apply(scaled, result, 0);
    }

    @Override
    public void adjoint(
            int step, INDArray x, INDArray delta, INDArray result, INDArray inputGradient, BlockBuffers buffers) {
        INDArray image = buffers.deltaImages().step(step);
        double gamma = sizes.of(step);
        map(step).adjoint(delta, image, 0);
        INDArray residual = step == 0 ? x : buffers.images().step(step);
        if (sizes.areTrained()) {
            buffers.slopes()[step] = Nd4j.getBlasWrapper().dot(image, residual);
        }
        residual.mul(gamma, buffers.images().step(step));
        if (inputGradient != null) {
            if (step == buffers.steps() - 1) {
                image.mul(gamma, inputGradient);
            } else {
                inputGradient.addi(image.mul(gamma));
            }
        }
        if (result != null) {
            pixels.multiply(image, -gamma, image);
            decoder.adjoint(image, result, 0);
        }
    }

    @Override
    public void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients) {
        sizes.writeGradient(blocks, gradients);
        INDArray encoder = gradients.get(ListaConf.ENCODER);
        if (isTrained) {
            writeMaps(blocks, encoder);
        } else if (encoder != null) {
            encoder.assign(0);
        }
        if (decoder != null) {
            INDArray gradient = gradients.get(decoderKey);
            DecoderGradient.add(decoder, blocks, encoder == null, gradient);
            if (encoder == null) {
                decoder.weightGradient(
                        each(blocks, b -> b.deltas().step(0)),
                        each(blocks, b -> b.images().step(0)),
                        gradient,
                        1);
            }
        }
    }

    private void writeMaps(List<UnrolledBlock> blocks, INDArray gradient) {
        for (int step = 0; step < maps.size(); step++) {
            int t = step;
            map(t).weightGradient(
                            each(blocks, b -> b.images().step(t)),
                            each(blocks, b -> b.deltas().step(t)),
                            Rows.block(gradient, t, gradient.size(0) / maps.size()),
                            0);
        }
        if (maps.size() == 1 && blocks.get(0).buffers().steps() > 1) {
            map(0).weightGradient(
                            each(blocks, b -> b.images().stack()),
                            each(blocks, b -> b.deltas().stack()),
                            gradient,
                            1);
        }
    }

    private static List<INDArray> each(List<UnrolledBlock> blocks, Function<BlockBuffers, INDArray> part) {
        return blocks.stream().map(block -> part.apply(block.buffers())).toList();
    }
}
