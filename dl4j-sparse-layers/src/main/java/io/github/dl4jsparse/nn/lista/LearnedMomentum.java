package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trained coefficients, whose first values are those of {@link FistaMomentum}: {@link Momentum#learned}.
 * <p>Parameter: {@link ListaConf#MOMENTUM} {@code [K - 1, 1]}, beta of the steps from the second on, with more than one step.
 * <p>Reference: Moreau and Bruna, Understanding trainable sparse coding via matrix factorization, ICLR 2017.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class LearnedMomentum extends Momentum {
    private static final long serialVersionUID = 1;

    @Override
    void addShapes(int steps, Map<String, long[]> shapes) {
        if (steps > 1) {
            shapes.put(ListaConf.MOMENTUM, new long[] {steps - 1, 1});
        }
    }

    @Override
    void start(Map<String, INDArray> params) {
        INDArray own = params.get(ListaConf.MOMENTUM);
        if (own != null) {
            write(FistaMomentum.coefficients((int) own.length() + 1), own);
        }
    }

    @Override
    double[] coefficients(int steps, Map<String, INDArray> params) {
        double[] beta = new double[steps];
        INDArray own = params.get(ListaConf.MOMENTUM);
        if (own != null) {
            System.arraycopy(HostArrays.doubles(own), 0, beta, 1, steps - 1);
        }
        return beta;
    }

    @Override
    void writeGradient(double[] slopes, Map<String, INDArray> gradients) {
        INDArray own = gradients.get(ListaConf.MOMENTUM);
        if (own != null) {
            write(slopes, own);
        }
    }

    private static void write(double[] ofSteps, INDArray target) {
        HostArrays.write(Arrays.copyOfRange(ofSteps, 1, ofSteps.length), target);
    }
}
