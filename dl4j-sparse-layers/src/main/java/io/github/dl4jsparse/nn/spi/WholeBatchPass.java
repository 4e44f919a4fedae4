package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A training pass that is not divided into blocks and reconstructs from the layer's output. */
public abstract class WholeBatchPass implements TrainingPass {
    /** The input of the layer. */
    protected final INDArray x;

    /** The output of the layer. */
    protected final INDArray code;

    /** On the code. */
    protected final Penalty penalty;

    private final LinearOperator decoder;
    private final Consumer<INDArray> mask;
    private INDArray residual;

    /**
     * @param x       not modified
     * @param code    masked examples are set to zero
     * @param decoder D
     * @param penalty on the code
     * @param mask    sets the elements of masked examples to zero in place
     */
    protected WholeBatchPass(
            INDArray x, INDArray code, LinearOperator decoder, Penalty penalty, Consumer<INDArray> mask) {
        this.x = x;
        this.code = code;
        this.decoder = decoder;
        this.penalty = penalty;
        this.mask = mask;
        mask.accept(code);
    }

    @Override
    public final INDArray code() {
        return code;
    }

    @Override
    public final INDArray penalised() {
        return code;
    }

    @Override
    public final LinearOperator decoder() {
        return decoder;
    }

    @Override
    public final LossTerms measure(INDArray target) {
        residual = Workspaces.outside(target::ulike);
        decoder.apply(code, residual, 0);
        residual.subi(target);
        mask.accept(residual);
        return LossParts.of(residual, penalty, code).sums();
    }

    @Override
    public final INDArray residual() {
        return residual;
    }

    /** Multiplies the residual by the weight of the loss, as the first step of {@link #backward}. */
    protected final void weigh(double weight) {
        if (weight > 0 && weight != 1) {
            residual.muli(weight);
        }
    }

    /** Sets the elements of masked examples to zero. */
    protected final void maskExamples(INDArray array) {
        mask.accept(array);
    }
}
