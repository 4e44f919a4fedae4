package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The connection of a step of an unrolled encoder to its input and to the previous code; one of the choices of
 * {@link ListaConf}.
 * <p>\[ u = E x + S v \qquad\text{or}\qquad u = v + \gamma_k\, C^{\top} M (x - D v) \]
 * where v is the code before the step (with its {@link Momentum}), E the encoder, S the recurrent map, D the decoder, M the
 * weights of the pixels, and C the decoder, learned weights or analytic ones. A coupling owns its parameters: their names,
 * shapes, start values, axes for pruning and gradients.
 * <p>At the start K steps are K steps of ISTA with the dictionary, except for {@link #analytic}.
 * <p>Shapes: x {@code [batch, elements of an image]}, u and v {@code [rows, nCode]}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public abstract class Coupling implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * {@code u = E x + S v} with free E and S: a matrix, or a convolution of the code map whose kernel reaches as far as two
     * filters overlap. At the start {@code S = I - a D'D}. Gregor and LeCun, ICML 2010.
     */
    public static Coupling free() {
        return new FreeCoupling();
    }

    /**
     * {@code u = E x + v - a D' M D v}: E is free, the recurrent map goes through the decoder D with a trained step
     * size a. Its only weight is a, it is exact at the borders of an image, and it costs two products of the decoder.
     */
    public static Coupling dictionary() {
        return new DictionaryCoupling();
    }

    /**
     * {@code u = v + gamma_k D' M (x - D v)}: only the K step sizes are trained besides the dictionary, which is Step-LISTA.
     * Ablin, Moreau, Massias and Gramfort, Learning step sizes for unfolded sparse coding, NeurIPS 2019.
     */
    public static Coupling decoder() {
        return ResidualCoupling.throughDecoder();
    }

    /**
     * {@code u = v + E M (x - D v)}: a learned E of the residual, the same in all steps or, with {@code untied(true)},
     * one per step: LISTA-CP. Chen, Liu, Wang and Yin, NeurIPS 2018.
     */
    public static Coupling learned() {
        return ResidualCoupling.learned(false);
    }

    /**
     * {@code u = v + gamma_k E M (x - D v)}: E is learned and so is a step size for every step: TiLISTA. Liu, Chen, Wang and
     * Yin, ICLR 2019.
     */
    public static Coupling learnedWithStepSizes() {
        return ResidualCoupling.learned(true);
    }

    /**
     * {@code u = v + gamma_k W' (x - D v)}: W has least coherence with the initial dictionary and is fixed; only the
     * step sizes are trained: ALISTA. For dense layers with a fixed dictionary. Liu, Chen, Wang and Yin, ICLR 2019.
     */
    public static Coupling analytic() {
        return new AnalyticCoupling();
    }

    Coupling() {}

    /** Adds name and shape of each parameter, in the order of the flat array. */
    abstract void addShapes(EncoderShape shape, Map<String, long[]> shapes);

    /** Whether steps add a drive {@code E x}. */
    abstract boolean hasDrive();

    /** Whether steps, and not only the reconstruction, use the decoder's weights. */
    abstract boolean usesDecoder(int steps);

    /** Whether a layer has a parameter of the coupling. */
    final boolean has(String parameter, ListaConf conf) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        addShapes(EncoderShape.unknown(conf), shapes);
        return shapes.containsKey(parameter);
    }

    /**
     * Whether every step has a step size gamma of its own, as in residual form, to which thresholds can be
     * proportional.
     */
    final boolean hasStepSizes(ListaConf conf) {
        return !hasDrive() && has(ListaConf.STEP, conf);
    }

    /** Whether the decoder may be the transpose of the encoder. */
    abstract boolean mayBeTied();

    /**
     * Refuses a layer that the coupling does not support.
     *
     * @throws IllegalArgumentException with the remedy
     */
    void require(ListaConf conf) {}

    /** The axes of one of its parameters; null for E, S and D, whose axes the layer defines. */
    List<Axis> axes(String parameter) {
        return List.of(Axis.OTHER, Axis.OTHER);
    }

    /**
     * Gives the parameters their first values.
     *
     * @param atoms D: {@code [atomSize, ownUnits]}. Not modified.
     * @param step  a of ISTA
     * @return the step size that all steps start from, and thresholds with them
     */
    abstract double start(ListaConf conf, Map<String, INDArray> params, INDArray atoms, double step);

    /** The steps of a pass with these weights. */
    abstract CoupledSteps bind(LayerOperators operators);
}
