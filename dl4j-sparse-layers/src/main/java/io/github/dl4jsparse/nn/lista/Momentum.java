package io.github.dl4jsparse.nn.lista;

import java.io.Serializable;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The point from which a step of an unrolled encoder starts; one of the choices of {@link ListaConf}.
 * <p>\[ v_k = z_k + \beta_k (z_k - z_{k-1}), \qquad z_0 = z_{-1} = 0, \qquad k = 0 \dots K-1 \]
 * A momentum owns its parameters: their names, shapes, start values and gradients.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public abstract class Momentum implements Serializable {
    private static final long serialVersionUID = 1;

    /** None: v is the code. */
    public static Momentum none() {
        return new NoMomentum();
    }

    /** The fixed coefficients of FISTA. */
    public static Momentum fista() {
        return new FistaMomentum();
    }

    /** Trained coefficients, whose first values are FISTA's. */
    public static Momentum learned() {
        return new LearnedMomentum();
    }

    Momentum() {}

    /** Whether every step starts from the previous code. */
    boolean isNone() {
        return false;
    }

    /** Adds name and shape of each parameter, in the order of the flat array. */
    abstract void addShapes(int steps, Map<String, long[]> shapes);

    /** Gives the parameters their first values. */
    abstract void start(Map<String, INDArray> params);

    /**
     * The coefficients beta of all steps.
     *
     * @param params of the layer. Not modified.
     * @return {@code [steps]}; null for none
     */
    abstract double[] coefficients(int steps, Map<String, INDArray> params);

    /**
     * Writes the gradients of the parameters.
     *
     * @param slopes gradients of the coefficients, {@code [steps]}. Not modified.
     */
    abstract void writeGradient(double[] slopes, Map<String, INDArray> gradients);
}
