package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Buffers;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.spi.TrainingPass;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The training pass of a batch through an unrolled encoder: blocks of examples are computed in parallel, then each
 * gradient of the weights is computed from all of them. Sums over blocks are in their order.
 */
final class UnrolledPass implements TrainingPass {
    private final LayerOperators operators;
    private final PassBuffers buffers;
    private final long[] inputShape;
    private final UnrolledEncoder encoder;
    private final LinearOperator decoder;
    private final List<UnrolledBlock> blocks = new ArrayList<>();
    private Penalty penalty;

    /**
     * Runs the forward pass.
     *
     * @param buffers of this pass until the next begins
     * @param x       the images, in c order without gaps. Not modified.
     * @param mask    {@code [batch, 1]} or {@code [rows, 1]}, null for none. Not modified.
     */
    UnrolledPass(LayerOperators operators, PassBuffers buffers, INDArray x, INDArray mask) {
        this.operators = operators;
        this.buffers = buffers;
        this.inputShape = x.shape();
        this.encoder = operators.encoder();
        this.decoder = operators.hasDecoder() ? operators.decoder() : null;
        INDArray images = images(x);
        for (int b = 0; b < buffers.blocks().count(); b++) {
            LayerOperators own = operators.ofExamples(
                    buffers.blocks().first(b), buffers.blocks().size(b));
            blocks.add(new UnrolledBlock(
                    own,
                    own == operators ? encoder : own.encoder(),
                    buffers.each().get(b),
                    buffers.rows(buffers.code(), b),
                    buffers.targetCode() == null ? null : buffers.rows(buffers.targetCode(), b),
                    buffers.rows(buffers.residual(), b),
                    mask == null ? null : buffers.rows(mask, b)));
        }
        forEachBlock(b -> blocks.get(b).forward(buffers.rows(images, b)));
    }

    /** Temporary arrays of a block are in buffers of its thread. */
    private void forEachBlock(IntConsumer work) {
        buffers.blocks().forEach(b -> Buffers.run("BLOCK", () -> work.accept(b)));
    }

    private static INDArray images(INDArray array) {
        return Rows.matrix(array, array.length() / array.size(0));
    }

    @Override
    public INDArray code() {
        return operators.shaped(buffers.code(), inputShape[0]);
    }

    @Override
    public INDArray penalised() {
        return operators.wiring().penalised(buffers.targetCode() == null ? buffers.code() : buffers.targetCode());
    }

    @Override
    public LinearOperator decoder() {
        return decoder == null ? operators.decoder() : decoder;
    }

    @Override
    public INDArray residual() {
        return operators
                .conf()
                .auxiliaryChannels()
                .withImages(buffers.residual().reshape('c', inputShape));
    }

    @Override
    public LossTerms measure(INDArray input) {
        INDArray target = operators.conf().auxiliaryChannels().images(input);
        LinearOperator images = decoder();
        penalty = operators.conf().penaltyWith(operators.weights());
        LossTerms[] terms = new LossTerms[blocks.size()];
        forEachBlock(b ->
                terms[b] = blocks.get(b).measure(images, penalty, RowBlocks.examples(target, buffers.blocks(), b)));
        LossTerms sum = terms[0];
        for (int b = 1; b < terms.length; b++) {
            sum = sum.plus(terms[b]);
        }
        return sum;
    }

    @Override
    public void backward(
            @Nullable INDArray epsilon,
            double weight,
            Map<String, INDArray> gradients,
            @Nullable INDArray inputGradient) {
        INDArray onCode =
                epsilon == null ? null : epsilon.reshape('c', buffers.code().shape());
        boolean isImage = operators.conf().auxiliaryChannels().isNone();
        INDArray onImages = inputGradient == null || isImage
                ? inputGradient
                : Workspaces.outside(() -> Nd4j.createUninitialized(inputGradient.dataType(), inputShape));
        INDArray onInput = onImages == null ? null : images(onImages);
        forEachBlock(b -> blocks.get(b)
                .backward(
                        decoder,
                        penalty,
                        onCode == null ? null : buffers.rows(onCode, b),
                        weight,
                        onInput == null ? null : buffers.rows(onInput, b)));
        if (inputGradient != null && !isImage) {
            inputGradient.assign(operators.conf().auxiliaryChannels().withImages(onImages));
        }
        decoderGradient(weight, gradients.get(operators.conf().decoderKey()));
        encoder.writeGradients(blocks, gradients);
        INDArray thresholds = gradients.get(ListaConf.THRESHOLD);
        thresholdGradient(thresholds, 0);
        if (gradients.containsKey(ListaConf.NOISE)) {
            thresholdGradient(gradients.get(ListaConf.NOISE), Math.toIntExact(thresholds.size(0)));
        }
        operators.conf().getMomentum().writeGradient(sum(b -> b.buffers().momenta()), gradients);
        if (operators.conf().isGain()) {
            HostArrays.write(sum(UnrolledBlock::gainGradient), gradients.get(ListaConf.GAIN));
        }
    }

    private <T> List<T> each(Function<UnrolledBlock, T> part) {
        return blocks.stream().map(part).toList();
    }

    private double[] sum(Function<UnrolledBlock, double[]> part) {
        double[] sum = part.apply(blocks.get(0)).clone();
        for (int b = 1; b < blocks.size(); b++) {
            double[] other = part.apply(blocks.get(b));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other[i];
            }
        }
        return sum;
    }

    /** Gradient of the decoder's weights through the reconstruction; the steps add theirs. */
    private void decoderGradient(double weight, INDArray gradient) {
        if (weight > 0) {
            decoder.weightGradient(each(UnrolledBlock::targetCode), each(UnrolledBlock::residual), gradient, 0);
        } else if (gradient != null) {
            gradient.assign(0);
        }
    }

    private void thresholdGradient(INDArray gradient, int first) {
        for (int step = 0; gradient != null && step < gradient.size(0); step++) {
            int t = step;
            HostArrays.write(sum(b -> b.thresholdGradient()[first + t]), Rows.block(gradient, t, 1));
        }
    }
}
