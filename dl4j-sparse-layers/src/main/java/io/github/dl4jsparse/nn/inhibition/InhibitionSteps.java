package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.math.Rectification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The unrolled steps of inhibition on magnitudes, and their gradient.
 * <p>\[ m_{k+1} = \max\Bigl(0, \frac{m_0 + \rho m_k - 2 \alpha S m_k}{1 + \rho}\Bigr) \]
 * <p>Shapes: {@code [rows, units]}.
 */
final class InhibitionSteps {
    private final InhibitionMatrix inhibition;
    private final double scale;
    private final double rho;
    private final int steps;

    InhibitionSteps(InhibitionMatrix inhibition, double weight, int steps) {
        this.inhibition = inhibition;
        this.scale = 2 * weight;
        this.steps = steps;
        rho = steps == 0 ? 0 : scale * inhibition.spectralBound();
    }

    /**
     * All magnitudes, from the first on.
     *
     * @param first {@code m_0}. Kept, not modified.
     * @param keep  makes a copy of an array that lives as long as the caller needs it
     */
    List<INDArray> forward(INDArray first, UnaryOperator<INDArray> keep) {
        List<INDArray> all = new ArrayList<>();
        all.add(first);
        for (int k = 0; k < steps; k++) {
            INDArray m = all.get(k);
            INDArray next = inhibited(m).rsubi(m.mul(rho)).addi(first).divi(1 + rho);
            all.add(keep.apply(Rectification.inPlace(next)));
        }
        return all;
    }

    /** {@code 2 alpha S m}. */
    INDArray inhibited(INDArray magnitudes) {
        INDArray result = Nd4j.createUninitialized(magnitudes.dataType(), magnitudes.shape(), 'c');
        inhibition.product(magnitudes, scale, result);
        return result;
    }

    /**
     * The gradient with respect to the first magnitudes.
     *
     * @param all  what {@link #forward} returned. Not modified.
     * @param last gradient with respect to the last magnitudes. Not modified.
     */
    INDArray backward(List<INDArray> all, INDArray last) {
        INDArray onFirst = last.ulike().assign(0);
        INDArray gradient = last;
        for (int k = steps; k > 0; k--) {
            INDArray active = all.get(k).gt(0).castTo(last.dataType());
            INDArray before = active.muli(gradient).divi(1 + rho);
            onFirst.addi(before);
            gradient = inhibited(before).rsubi(before.mul(rho));
        }
        return onFirst.addi(gradient);
    }
}
