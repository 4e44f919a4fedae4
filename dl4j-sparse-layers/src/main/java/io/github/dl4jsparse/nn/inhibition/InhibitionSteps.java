package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.math.ElementLoops;
import io.github.dl4jsparse.internal.math.Elementwise;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.math.Signs;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
     * The magnitudes of all steps, from the first on.
     *
     * @param first {@code m_0}, in c order. Kept, not modified.
     * @param make  creates an array of the shape and type of the first, in c order, that is valid as long as the caller
     *      needs it
     */
    List<INDArray> forward(INDArray first, Supplier<INDArray> make) {
        List<INDArray> all = new ArrayList<>();
        all.add(first);
        for (int k = 0; k < steps; k++) {
            all.add(make.get());
        }
        Blocks blocks = RowBlocks.ofProduct(first.size(0));
        blocks.forEach(block -> {
            INDArray start = RowBlocks.examples(first, blocks, block);
            INDArray m = start;
            for (int k = 1; k <= steps; k++) {
                INDArray next = RowBlocks.examples(all.get(k), blocks, block);
                inhibition.product(m, 1, next);
                ElementLoops.run(
                        (a, n) -> step(a[0], a[1], a[2], n), (a, n) -> step(a[0], a[1], a[2], n), next, m, start);
                m = next;
            }
        });
        return all;
    }

    /** From {@code S m} to the next magnitudes. */
    private void step(float[] next, float[] m, float[] start, int n) {
        float r = (float) rho;
        float s = (float) scale;
        float inverse = (float) (1 / (1 + rho));
        for (int i = 0; i < n; i++) {
            next[i] = Math.max(0, (start[i] + r * m[i] - s * next[i]) * inverse);
        }
    }

    private void step(double[] next, double[] m, double[] start, int n) {
        double inverse = 1 / (1 + rho);
        for (int i = 0; i < n; i++) {
            next[i] = Math.max(0, (start[i] + rho * m[i] - scale * next[i]) * inverse);
        }
    }

    /** {@code 2 alpha S m}. */
    private INDArray inhibited(INDArray magnitudes) {
        INDArray result = Nd4j.createUninitialized(magnitudes.dataType(), magnitudes.shape(), 'c');
        inhibition.product(magnitudes, 1, result);
        return Elementwise.multiply(result, scale);
    }

    /**
     * Adds {@code 2 alpha S m}.
     *
     * @param sum of the shape of the magnitudes. Modified in place.
     */
    void addInhibited(INDArray magnitudes, INDArray sum) {
        Elementwise.add(sum, inhibited(magnitudes));
    }

    /** {@code alpha m' S m} of all rows together. */
    double energy(INDArray magnitudes) {
        return Elementwise.dot(magnitudes, inhibited(magnitudes)) / 2;
    }

    /**
     * The gradient with respect to the first magnitudes.
     *
     * @param all  the result of {@link #forward}. Not modified.
     * @param last gradient with respect to the last magnitudes, in c order. Modified in place.
     * @return {@code last}, with the gradient
     */
    INDArray backward(List<INDArray> all, INDArray last) {
        Blocks blocks = RowBlocks.ofProduct(last.size(0));
        blocks.forEach(block -> {
            INDArray gradient = RowBlocks.examples(last, blocks, block);
            INDArray onFirst = Nd4j.createUninitialized(last.dataType(), gradient.shape(), 'c')
                    .assign(0);
            INDArray before = onFirst.ulike();
            for (int k = steps; k > 0; k--) {
                INDArray m = RowBlocks.examples(all.get(k), blocks, block);
                ElementLoops.run(
                        (a, n) -> pass(a[0], a[1], a[2], n), (a, n) -> pass(a[0], a[1], a[2], n), before, gradient, m);
                Elementwise.add(onFirst, before);
                inhibition.product(before, 1, gradient);
                ElementLoops.run((a, n) -> back(a[0], a[1], n), (a, n) -> back(a[0], a[1], n), gradient, before);
            }
            Elementwise.add(gradient, onFirst);
        });
        return last;
    }

    /** The gradient passes where the magnitude is not zero. */
    private void pass(float[] before, float[] gradient, float[] m, int n) {
        float inverse = (float) (1 / (1 + rho));
        for (int i = 0; i < n; i++) {
            before[i] = Signs.of(m[i]) * gradient[i] * inverse;
        }
    }

    private void pass(double[] before, double[] gradient, double[] m, int n) {
        double inverse = 1 / (1 + rho);
        for (int i = 0; i < n; i++) {
            before[i] = Signs.of(m[i]) * gradient[i] * inverse;
        }
    }

    /** From {@code S g} to the gradient one step before. */
    private void back(float[] gradient, float[] before, int n) {
        float r = (float) rho;
        float s = (float) scale;
        for (int i = 0; i < n; i++) {
            gradient[i] = r * before[i] - s * gradient[i];
        }
    }

    private void back(double[] gradient, double[] before, int n) {
        for (int i = 0; i < n; i++) {
            gradient[i] = rho * before[i] - scale * gradient[i];
        }
    }
}
