package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.solver.Solution.Certificate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes the certificates of the codes of a batch: by the duality gap where the penalty has a dual norm, else by the
 * distance of zero to the sub-differential, which for a differentiable penalty is the norm of the gradient.
 * <p>\[ \mathrm{gap} = \tfrac12 (1 - s)^2 |r|^2 + \mathrm{penalty}(z) - s \langle z, q \rangle, \qquad q = D^{\top} r, \qquad
 * |s| \Omega^{\circ}(q) \le 1 \]
 * where s r is the dual point, and r the residual of the problem with the prediction appended. This is the difference
 * of the energy and its dual without their common terms; each remaining term is small at a minimum, so that rounding of
 * large inputs does not matter.
 */
final class Certifier {
    private final Quadratic quadratic;
    private final Penalty penalty;
    private final Certificate kind;
    private final double[] scale;

    Certifier(Quadratic quadratic, Penalty penalty) {
        this.quadratic = quadratic;
        this.penalty = penalty;
        boolean isNorm = penalty.dualNorms(Rows.of(quadratic.linear(), 0, 1)).isPresent();
        kind = isNorm ? Certificate.DUALITY_GAP : Certificate.SUBGRADIENT_DISTANCE;
        scale = isNorm ? new double[0] : Norms.rows(quadratic.linear());
    }

    Certificate kind() {
        return kind;
    }

    /**
     * The certificate of the worst example.
     *
     * @param code z. Not modified.
     */
    double worst(INDArray code) {
        Residual residual = quadratic.residual(code);
        INDArray slope = residual.slope();
        return kind == Certificate.DUALITY_GAP ? worstGap(code, residual, slope) : worstDistance(code, slope);
    }

    private double worstGap(INDArray code, Residual residual, INDArray slope) {
        double[] squares = residual.squares();
        double[] products = rowDots(code, slope);
        double[] penalties = HostArrays.doubles(penalty.values(quadratic.wide(code)));
        double[] dualNorms = HostArrays.doubles(penalty.dualNorms(slope).orElseThrow());
        double worst = 0;
        for (int i = 0; i < squares.length; i++) {
            double gap = relativeGap(squares[i], products[i], penalties[i], dualNorms[i]);
            worst = gap > worst || Double.isNaN(gap) ? gap : worst;
        }
        return worst;
    }

    private static double[] rowDots(INDArray a, INDArray b) {
        INDArray products = a.castTo(DataType.DOUBLE).mul(b.castTo(DataType.DOUBLE));
        return HostArrays.doubles(products.sum(true, 1));
    }

    /**
     * The duality gap of one example, relative to its energy.
     *
     * @param squares  {@code |r|^2}
     * @param slope    {@code <q, z>}
     * @param penalty  of z
     * @param dualNorm of q
     */
    static double relativeGap(double squares, double slope, double penalty, double dualNorm) {
        double residual = Math.max(0, squares);
        double limit = 1 / Math.max(dualNorm, Double.MIN_NORMAL);
        double best = residual > 0 ? 1 + slope / residual : 0;
        double factor = Math.max(-limit, Math.min(limit, best));
        double gap = (1 - factor) * (1 - factor) * residual / 2 + penalty - factor * slope;
        return gap <= 0 ? 0 : gap / (residual / 2 + penalty);
    }

    private double worstDistance(INDArray code, INDArray slope) {
        double[] distances = HostArrays.doubles(penalty.subdifferentialDistance(code, slope));
        double worst = 0;
        for (int i = 0; i < distances.length; i++) {
            double relative = distances[i] == 0 ? 0 : distances[i] / scale[i];
            worst = relative > worst || Double.isNaN(relative) ? relative : worst;
        }
        return worst;
    }
}
