package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Steps on the residual of the previous code: {@link Coupling#decoder}, {@link Coupling#learned} and
 * {@link Coupling#learnedWithStepSizes}.
 * <p>\[ u = v + \gamma_k\, C_k^{\top} M (x - D v) \]
 * where C is the decoder D itself or learned weights, the rows of the encoder E; gamma is 1 where step sizes are not
 * learned.
 * <p>At the start {@code gamma_k = a} and {@code C = D}, or {@code gamma_k = 1} and {@code C = a D}, with the step size a of ISTA.
 * <p>Parameters: {@link ListaConf#ENCODER} where C is learned, with K blocks of rows where steps are untied;
 * {@link ListaConf#STEP} {@code [K, 1]} with learned step sizes.
 */
@Getter
@EqualsAndHashCode(callSuper = false)
@ToString
@NoArgsConstructor(access = AccessLevel.PRIVATE)
final class ResidualCoupling extends Coupling {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private boolean learned;

    @JsonProperty
    private boolean stepSizes;

    private ResidualCoupling(boolean learned, boolean stepSizes) {
        this.learned = learned;
        this.stepSizes = stepSizes;
    }

    static ResidualCoupling throughDecoder() {
        return new ResidualCoupling(false, true);
    }

    static ResidualCoupling learned(boolean stepSizes) {
        return new ResidualCoupling(true, stepSizes);
    }

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        if (learned) {
            shapes.put(ListaConf.ENCODER, shape.encoder());
        }
        if (stepSizes) {
            shapes.put(ListaConf.STEP, new long[] {shape.steps(), 1});
        }
    }

    @Override
    boolean hasDrive() {
        return false;
    }

    @Override
    boolean usesDecoder(int steps) {
        return steps > 1 || !learned;
    }

    @Override
    boolean mayBeTied() {
        return false;
    }

    @Override
    double start(ListaConf conf, Map<String, INDArray> params, INDArray atoms, double step) {
        if (learned) {
            StartValues.encoder(conf, params, stepSizes ? atoms : atoms.mul(step));
        }
        if (stepSizes) {
            params.get(ListaConf.STEP).assign(step);
        }
        return step;
    }

    @Override
    CoupledSteps bind(LayerOperators operators) {
        LinearOperator decoder = operators.conf().stepsUseDecoder() ? operators.decoder() : null;
        List<LinearOperator> maps = learned ? operators.encoders() : List.of(decoder.transpose());
        return new ResidualSteps(
                maps, learned, decoder, operators.conf().decoderKey(), StepSizes.of(operators, 0), operators.pixels());
    }
}
