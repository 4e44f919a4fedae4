package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.inverse.InvertMatrix;

/**
 * Fixed weights of least coherence with the dictionary, with trained step sizes: {@link Coupling#analytic}.
 * <p>\[ u = v + \gamma_k\, W^{\top} (x - D v), \qquad W = \arg\min \lVert W^{\top} D \rVert_F^2
 * \;\text{ subject to }\; w_i^{\top} d_i = 1 \]
 * \[ w_i = \frac{G\, d_i}{d_i^{\top} G\, d_i}, \qquad G = (D D^{\top})^{-1} \]
 * with D the dictionary set by {@code startFrom}. W is not changed when D is trained: use a dictionary that is learned
 * already, and train only step sizes and thresholds. With fewer units than inputs W is the pseudo-inverse,
 * {@code W'D = I}. 1e-10 of the mean of the diagonal is added to the diagonal of matrices that are inverted.
 * <p>At the start gamma is the inverse of the largest singular value of {@code W'D}.
 * <p>Parameters: {@link ListaConf#ENCODER} (the rows are the columns of W), {@link ListaConf#STEP} {@code [K, 1]}.
 * <p>Reference: Liu, Chen, Wang and Yin, ALISTA: analytic weights are as good as learned weights in LISTA, ICLR 2019.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class AnalyticCoupling extends Coupling {
    private static final long serialVersionUID = 1;
    private static final double RIDGE = 1e-10;

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        shapes.put(ListaConf.ENCODER, shape.encoder());
        shapes.put(ListaConf.STEP, new long[] {shape.steps(), 1});
    }

    @Override
    boolean hasDrive() {
        return false;
    }

    @Override
    boolean usesDecoder(int steps) {
        return steps > 1;
    }

    @Override
    boolean mayBeTied() {
        return false;
    }

    @Override
    void require(ListaConf conf) {
        if (!conf.isDense()) {
            throw Args.failure("coupling", "learned() for images, as analytic weights are of dense dictionaries", this);
        }
        if (conf.isUntied()) {
            throw Args.failure("untied", "off for analytic weights, which are the same in all steps", true);
        }
    }

    /**
     * The analytic weights.
     *
     * @param dictionary D: {@code [nIn, units]}. Not modified.
     * @return W: {@code [nIn, units]}, a new array of the dictionary's type
     */
    static INDArray weights(INDArray dictionary) {
        INDArray atoms = dictionary.castTo(DataType.DOUBLE);
        if (atoms.size(1) < atoms.size(0)) {
            INDArray gram = withRidge(atoms.transpose().mmul(atoms));
            return atoms.mmul(InvertMatrix.invert(gram, true)).castTo(dictionary.dataType());
        }
        INDArray solved = InvertMatrix.invert(withRidge(atoms.mmul(atoms.transpose())), true)
                .mmul(atoms);
        INDArray own = solved.mul(atoms).sum(0);
        return solved.diviRowVector(own).castTo(dictionary.dataType());
    }

    private static INDArray withRidge(INDArray gram) {
        double trace = 0;
        for (long i = 0; i < gram.size(0); i++) {
            trace += gram.getDouble(i, i);
        }
        INDArray identity = Nd4j.eye(gram.size(0)).castTo(DataType.DOUBLE);
        return gram.addi(identity.muli(RIDGE * trace / gram.size(0)));
    }

    @Override
    double start(ListaConf conf, Map<String, INDArray> params, INDArray atoms, double step) {
        INDArray weights = weights(atoms);
        StartValues.encoder(conf, params, weights);
        double size = conf.getStepSize() != null ? conf.getStepSize() : 1 / largestSingularValue(weights, atoms);
        params.get(ListaConf.STEP).assign(size);
        return size;
    }

    private static double largestSingularValue(INDArray weights, INDArray atoms) {
        INDArray product = weights.transpose().mmul(atoms);
        return Math.sqrt(PowerIteration.upperBound(
                code -> code.mmul(product.transpose()).mmul(product), atoms.dataType(), 1, atoms.size(1)));
    }

    @Override
    CoupledSteps bind(LayerOperators operators) {
        LinearOperator decoder = operators.conf().stepsUseDecoder() ? operators.decoder() : null;
        return new ResidualSteps(
                operators.encoders(),
                false,
                decoder,
                operators.conf().decoderKey(),
                StepSizes.of(operators, 0),
                operators.pixels());
    }
}
