package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Removes from the gradient of atoms at their norm bound the component that would only increase the norm, before the
 * updater.
 * <p>\[ g_i \leftarrow g_i - \frac{\min(0, \langle g_i, d_i \rangle)}{\lVert d_i \rVert^2} \, d_i
 * \quad \text{if} \ \lVert d_i \rVert \ge c \]
 * where d_i is an atom, a row or a column of the parameter, g_i its gradient and c the bound of a {@link MaxAtomNormConstraint}. At a
 * minimum under the bound the gradient points along the atoms, against the bound. An updater that scales each element
 * separately, such as Adam, changes that direction, which moves the atoms away from the minimum; the projected gradient
 * is zero there on average.
 * <p>Shapes: {@code d, g: [rows, columns]}, or flat in c order, as DL4J's updaters give them.
 * <p>Reference: Absil, Mahony and Sepulchre, Optimization Algorithms on Matrix Manifolds, section 3.6, 2008.
 *
 * @param bound   c, finite and &gt; 0
 * @param atoms   rows or columns
 * @param rows    of the parameter
 * @param columns of the parameter
 */
record TangentGradient(double bound, MaxAtomNormConstraint.Atoms atoms, long rows, long columns)
        implements Regularization {
    private static final long serialVersionUID = 1;

    /** Tolerance for atoms at the bound, whose norm may be smaller by rounding in single precision. */
    private static final double AT_BOUND = 1 - 1e-5;

    /** @throws IllegalArgumentException if the bound is not finite and &gt; 0, or a size less than 1 */
    TangentGradient {
        Args.positive("bound", bound);
        Args.given("atoms", atoms);
        Args.atLeast("rows", Math.toIntExact(rows), 1);
        Args.atLeast("columns", Math.toIntExact(columns), 1);
    }

    @Override
    public ApplyStep applyStep() {
        return ApplyStep.BEFORE_UPDATER;
    }

    /**
     * Changes the gradient.
     *
     * @param param    d. Not modified.
     * @param gradView g. Modified in place.
     */
    @Override
    public void apply(INDArray param, INDArray gradView, double lr, int iteration, int epoch) {
        INDArray d = matrix(param);
        INDArray g = matrix(gradView);
        boolean inRows = atoms == MaxAtomNormConstraint.Atoms.ROWS;
        double[] norms = inRows ? Norms.rows(d) : Norms.columns(d);
        double[] along = d.mul(g).sum(inRows ? 1 : 0).toDoubleVector();
        boolean any = false;
        for (int i = 0; i < norms.length; i++) {
            boolean isOutward = norms[i] >= AT_BOUND * bound && along[i] < 0;
            any |= isOutward;
            along[i] = isOutward ? along[i] / norms[i] / norms[i] : 0;
        }
        if (!any) {
            return;
        }
        INDArray factors = Nd4j.createFromArray(along).castTo(d.dataType());
        g.subi(
                inRows
                        ? d.mulColumnVector(factors.reshape(norms.length, 1))
                        : d.mulRowVector(factors.reshape(1, norms.length)));
    }

    private INDArray matrix(INDArray array) {
        if (array.length() != rows * columns) {
            throw Args.failure(
                    "parameter", "of " + rows + " x " + columns + " numbers", Arrays.toString(array.shape()));
        }
        return array.rank() == 2 && array.size(0) == rows ? array : array.reshape('c', rows, columns);
    }

    /** {@inheritDoc} 0: it is no term of the loss. */
    @Override
    public double score(INDArray param, int iteration, int epoch) {
        return 0;
    }

    @Override
    public Regularization clone() {
        return this;
    }
}
