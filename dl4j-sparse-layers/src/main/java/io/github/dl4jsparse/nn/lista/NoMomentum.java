package io.github.dl4jsparse.nn.lista;

import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A step starts from the previous code: {@link Momentum#none}. */
@EqualsAndHashCode(callSuper = false)
@ToString
final class NoMomentum extends Momentum {
    private static final long serialVersionUID = 1;

    @Override
    boolean isNone() {
        return true;
    }

    @Override
    void addShapes(int steps, Map<String, long[]> shapes) {}

    @Override
    void start(Map<String, INDArray> params) {}

    @Override
    double[] coefficients(int steps, Map<String, INDArray> params) {
        return null;
    }

    @Override
    void writeGradient(double[] slopes, Map<String, INDArray> gradients) {}
}
