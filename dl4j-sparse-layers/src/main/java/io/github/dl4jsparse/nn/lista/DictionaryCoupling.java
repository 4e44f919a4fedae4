package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A free encoder, and the step of ISTA without its drive through the decoder: {@link Coupling#dictionary}.
 * <p>\[ u = E M x + v - a\, D^{\top} M D v, \qquad \partial v = \delta - a\, D^{\top} M D \delta \]
 * \[ \partial a = -\langle D \delta, M D v \rangle, \qquad
 * \partial D = -a \left( (M D v)\, \delta^{\top} + (M D \delta)\, v^{\top} \right) \]
 * where M is the diagonal of the weights of the pixels. The images {@code M D v} and {@code -a M D delta} of all steps
 * are stored for the gradients, so that the gradient of D is two products; they are small compared with the codes.
 * <p>Parameters: {@link ListaConf#ENCODER}, and {@link ListaConf#STEP} with more than one step, where the decoder is not tied; untied
 * steps have K and K - 1 of them.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class DictionaryCoupling extends Coupling {
    private static final long serialVersionUID = 1;

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        shapes.put(ListaConf.ENCODER, shape.encoder());
        if (shape.steps() > 1 && !shape.tied()) {
            shapes.put(ListaConf.STEP, new long[] {shape.untied() ? shape.steps() - 1 : 1, 1});
        }
    }

    @Override
    boolean hasDrive() {
        return true;
    }

    @Override
    boolean usesDecoder(int steps) {
        return steps > 1;
    }

    @Override
    boolean mayBeTied() {
        return true;
    }

    @Override
    double start(ListaConf conf, Map<String, INDArray> params, INDArray atoms, double step) {
        StartValues.encoder(conf, params, atoms.mul(step));
        if (params.containsKey(ListaConf.STEP)) {
            params.get(ListaConf.STEP).assign(step);
        }
        return step;
    }

    @Override
    CoupledSteps bind(LayerOperators operators) {
        boolean recurs = operators.conf().stepsUseDecoder();
        return new DictionarySteps(
                StepEncoders.of(operators),
                recurs ? operators.decoder() : null,
                operators.conf().decoderKey(),
                StepSizes.of(operators, 1),
                operators.pixels());
    }

    /** @param decoderKey of the parameter with the decoder's weights */
    private record DictionarySteps(
            StepEncoders encoders, LinearOperator decoder, String decoderKey, StepSizes sizes, PixelWeights pixels)
            implements CoupledSteps {

        @Override
        public boolean leavesOutIdentity() {
            return true;
        }

        @Override
        public void apply(int step, INDArray x, INDArray point, INDArray result, BlockBuffers buffers) {
            INDArray image = buffers.images().step(step);
            INDArray scaled = buffers.images().step(0);
            decoder.apply(point, image, 0);
            pixels.multiply(image);
            image.mul(-sizes.of(step), scaled);
            decoder.adjoint(scaled, result, 0);
        }

        @Override
        public void adjoint(
                int step, INDArray x, INDArray delta, INDArray result, INDArray inputGradient, BlockBuffers buffers) {
            INDArray image = buffers.images().step(step);
            INDArray deltaImage = buffers.deltaImages().step(step);
            double a = sizes.of(step);
            decoder.apply(delta, deltaImage, 0);
            if (sizes.areTrained()) {
                buffers.slopes()[step] = -Nd4j.getBlasWrapper().dot(deltaImage, image);
            }
            image.muli(-a);
            pixels.multiply(deltaImage, -a, deltaImage);
            decoder.adjoint(deltaImage, result, 0);
        }

        @Override
        public void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients) {
            sizes.writeGradient(blocks, gradients);
            if (decoder != null) {
                DecoderGradient.add(decoder, blocks, true, gradients.get(decoderKey));
            }
        }
    }
}
