package io.github.dl4jsparse.nn.lista;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The thresholds theta of every step of an unrolled encoder; one of the choices of {@link ListaConf}.
 * <p>A schedule owns its parameters: their shapes, start values and gradients. Thresholds of a step are {@code [n]},
 * where n is the number of thresholds of the shrinkage, such as one per unit or one per group.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public abstract class ThresholdSchedule implements Serializable {
    private static final long serialVersionUID = 1;

    /** One threshold per unit, the same in all steps, or different in every step with {@code untied(true)}. */
    public static ThresholdSchedule perUnit() {
        return new UnitThresholds(false);
    }

    /** One threshold per unit and step, whether or not steps share other weights. */
    public static ThresholdSchedule perUnitAndStep() {
        return new UnitThresholds(true);
    }

    /** One trained factor per step, times the threshold of the penalty for each unit. */
    public static ThresholdSchedule perStep() {
        return new StepThresholds();
    }

    /** The penalty's threshold times the step size gamma of the step: no parameter. For couplings with step sizes. */
    public static ThresholdSchedule byStepSize() {
        return new StepSizeThresholds();
    }

    /**
     * {@code t0 + t1 sigma} with t0 and t1 for each unit, where sigma is the noise level of the image, in the units of
     * the input: the mean of the last channel of the input, which is not one of the image's. The gradient with respect
     * to that channel is 0. For {@link ConvolutionalListaLayer}.
     */
    public static ThresholdSchedule byNoise() {
        return new NoiseThresholds();
    }

    ThresholdSchedule() {}

    /** Adds name and shape of each parameter, in the order of the flat array. */
    abstract void addShapes(EncoderShape shape, Map<String, long[]> shapes);

    /**
     * The parameters of which the thresholds are linear combinations with non-negative coefficients, so that bounds at
     * 0 carry over.
     */
    Set<String> parameters() {
        return Set.of(ListaConf.THRESHOLD);
    }

    /** Whether thresholds depend on the noise level of each example. */
    boolean needsLevels() {
        return false;
    }

    /** Whether the columns of its parameter are the thresholds of a step. */
    abstract boolean isOfUnits();

    /**
     * Refuses a layer that the schedule does not support.
     *
     * @throws IllegalArgumentException with the remedy
     */
    void require(ListaConf conf) {}

    /**
     * Gives the parameters their first values.
     *
     * @param step the size of a step
     */
    abstract void start(ListaConf conf, Map<String, INDArray> params, double step);

    /**
     * The thresholds of all steps.
     *
     * @param params of the layer. Not modified.
     * @return {@code [steps][n]}; or one row, where all steps share them
     */
    abstract double[][] thresholds(ListaConf conf, Map<String, INDArray> params);

    /**
     * Converts the gradient of the thresholds to that of the parameter.
     *
     * @param ofSteps as {@link #thresholds} returns them: rows of all steps, or one. Not modified.
     * @param slopes  gradients of the step sizes, {@code [steps]}. May be added to.
     * @return rows of the parameter; none where there is none
     */
    abstract double[][] gradient(ListaConf conf, double[][] ofSteps, double[] slopes);
}
