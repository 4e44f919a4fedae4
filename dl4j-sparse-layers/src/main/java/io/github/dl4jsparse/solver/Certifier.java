package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.Subdifferentiable;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.Rows;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures how far the codes of a batch are from optimal: by the duality gap where the penalty has a dual norm, else by
 * the distance of zero to the sub-differential, which for a differentiable penalty is the norm of the gradient.
 * <p>With {@code q = c - H z}, which is {@code D'r} of the residual r (of the problem with the prediction appended), all
 * that the gap needs is linear or quadratic in known numbers: {@code |r|^2 = s - <z, c + q>}, {@code <x, r> = s - <c, z>}.
 */
final class Certifier {
    private final Quadratic quadratic;
    private final Penalty penalty;
    private final Certificate kind;
    private final double[] squares;
    private final double[] scale;

    Certifier(Quadratic quadratic, Penalty penalty) {
        this.quadratic = quadratic;
        this.penalty = penalty;
        boolean isNorm = dualNorms(Rows.of(quadratic.linear(), 0, 1)).isPresent();
        kind = isNorm ? Certificate.DUALITY_GAP : Certificate.SUBGRADIENT_DISTANCE;
        squares = HostArrays.doubles(quadratic.squares());
        scale = isNorm ? new double[0] : HostArrays.doubles(quadratic.linear().norm2(true, 1));
    }

    Certificate kind() {
        return kind;
    }

    private Optional<INDArray> dualNorms(INDArray point) {
        return penalty instanceof Proximal proximal ? proximal.dualNorms(point) : Optional.empty();
    }

    /**
     * The certificate of the worst example.
     *
     * @param code    z. Not modified.
     * @param product {@code H z}. Not modified.
     */
    double worst(INDArray code, INDArray product) {
        INDArray slope = quadratic.linear().sub(product);
        return kind == Certificate.DUALITY_GAP ? worstGap(code, slope) : worstDistance(code, slope);
    }

    private double worstGap(INDArray code, INDArray slope) {
        double[] linear = HostArrays.doubles(code.mul(quadratic.linear()).sum(true, 1));
        double[] quadraticPart = HostArrays.doubles(code.mul(slope).sum(true, 1));
        double[] penalties = HostArrays.doubles(penalty.values(code));
        double[] dualNorms = HostArrays.doubles(dualNorms(slope).orElseThrow());
        double worst = 0;
        for (int i = 0; i < linear.length; i++) {
            double gap = relativeGap(squares[i], linear[i], quadraticPart[i], penalties[i], dualNorms[i]);
            worst = gap > worst || Double.isNaN(gap) ? gap : worst;
        }
        return worst;
    }

    /**
     * The duality gap of one example, relative to its energy.
     *
     * @param squares  {@code s}
     * @param linear   {@code <c, z>}
     * @param slope    {@code <q, z>}
     * @param penalty  of z
     * @param dualNorm of q
     */
    static double relativeGap(double squares, double linear, double slope, double penalty, double dualNorm) {
        double residual = Math.max(0, squares - linear - slope);
        double correlation = squares - linear;
        double primal = residual / 2 + penalty;
        double limit = 1 / Math.max(dualNorm, Double.MIN_NORMAL);
        double factor = residual > 0 ? Math.max(-limit, Math.min(limit, correlation / residual)) : 0;
        double gap = primal - (factor * correlation - factor * factor * residual / 2);
        return gap <= 0 ? 0 : gap / primal;
    }

    private double worstDistance(INDArray code, INDArray slope) {
        double[] distances = HostArrays.doubles(distances(code, slope));
        double worst = 0;
        for (int i = 0; i < distances.length; i++) {
            double relative = distances[i] == 0 ? 0 : distances[i] / scale[i];
            worst = relative > worst || Double.isNaN(relative) ? relative : worst;
        }
        return worst;
    }

    private INDArray distances(INDArray code, INDArray slope) {
        if (penalty instanceof Subdifferentiable known) {
            return known.subdifferentialDistance(code, slope);
        }
        INDArray gradient = Nd4j.zeros(slope.dataType(), slope.shape());
        penalty.addGradient(code, 1, gradient);
        return gradient.subi(slope).norm2(true, 1);
    }
}
