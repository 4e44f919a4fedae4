package io.github.dl4jsparse.energy;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.inverse.InvertMatrix;

/**
 * A proximal point to the last digits where the operator itself iterates: Newton's method for {@code z + t grad penalty(z) = v} on the
 * units that the operator left active, with a Hessian of differences.
 */
public final class PolishedProx {
    private PolishedProx() {}

    public static double[] of(RowPenalty penalty, double[] v, double step) {
        double[] code = v.clone();
        penalty.proxOf(code, step);
        boolean[] active = ImplicitAdjoint.nonZero(code);
        for (int round = 0; round < 4; round++) {
            INDArray matrix = Nd4j.eye(code.length).castTo(DataType.DOUBLE);
            double[] residual = residual(penalty, active, code, v, step);
            for (int j = 0; j < code.length; j++) {
                if (active[j]) {
                    double h = 1e-6 * Math.max(1e-3, Math.abs(code[j]));
                    double[] above = code.clone();
                    double[] below = code.clone();
                    above[j] += h;
                    below[j] -= h;
                    double[] up = residual(penalty, active, above, v, step);
                    double[] down = residual(penalty, active, below, v, step);
                    for (int i = 0; i < code.length; i++) {
                        matrix.putScalar(i, j, active[i] ? (up[i] - down[i]) / (2 * h) : 0);
                    }
                }
            }
            double[] change = InvertMatrix.invert(matrix, false)
                    .mmul(Nd4j.createFromArray(residual).reshape(code.length, 1))
                    .toDoubleVector();
            for (int i = 0; i < code.length; i++) {
                code[i] -= change[i];
            }
        }
        return code;
    }

    /** {@code z + t grad penalty(z) - v} on the active units. */
    private static double[] residual(RowPenalty penalty, boolean[] active, double[] code, double[] v, double step) {
        double[] gradient = new double[code.length];
        penalty.gradientOf(code, gradient);
        for (int i = 0; i < code.length; i++) {
            gradient[i] = active[i] ? code[i] + step * gradient[i] - v[i] : 0;
        }
        return gradient;
    }
}
