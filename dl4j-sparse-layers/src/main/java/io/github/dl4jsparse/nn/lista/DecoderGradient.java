package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of a decoder that is used by all steps except the first. */
final class DecoderGradient {
    private DecoderGradient() {}

    /**
     * Adds the parts of all steps from the second on.
     *
     * @param blocks      whose buffers hold images, and images of deltas, with their factors
     * @param withAdjoint whether the steps go through the adjoint of the decoder too
     * @param gradient    of the decoder's weights. Modified in place.
     */
    static void add(LinearOperator decoder, List<UnrolledBlock> blocks, boolean withAdjoint, INDArray gradient) {
        List<BlockBuffers> buffers = blocks.stream().map(UnrolledBlock::buffers).toList();
        if (buffers.get(0).steps() == 1) {
            return;
        }
        if (withAdjoint) {
            decoder.weightGradient(
                    buffers.stream().map(b -> b.deltas().stack()).toList(),
                    buffers.stream().map(b -> b.images().stack()).toList(),
                    gradient,
                    1);
        }
        decoder.weightGradient(
                buffers.stream().map(BlockBuffers::pointStack).toList(),
                buffers.stream().map(b -> b.deltaImages().stack()).toList(),
                gradient,
                1);
    }
}
