package io.github.dl4jsparse.solver;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.LoggerFactory;

/**
 * The result of a solver, with its certificate of optimality.
 *
 * @param code         z, {@code [batch, ...]}, with exact zeros
 * @param energies     the energy of the whole batch at the start and after each iteration
 * @param certificate  the kind of {@code worst}
 * @param worst        the certificate of the worst example of the batch
 * @param iterations   number of iterations
 * @param converged    whether the worst certificate is at most the tolerance; false at the limit of iterations
 */
public record Solution(
        INDArray code, double[] energies, Certificate certificate, double worst, int iterations, boolean converged) {
    /** The energy of the whole batch at the end. */
    public double energy() {
        return energies[energies.length - 1];
    }

    /**
     * This solution, if it converged.
     *
     * @throws IllegalStateException if it did not
     */
    public Solution requireConverged() {
        if (!converged) {
            throw new IllegalStateException("solver must converge, got " + this);
        }
        return this;
    }

    /** This solution continued by another one. */
    Solution then(Solution next) {
        double[] all = Arrays.copyOf(energies, energies.length + next.energies.length - 1);
        System.arraycopy(next.energies, 1, all, energies.length, next.energies.length - 1);
        return new Solution(next.code, all, next.certificate, next.worst, iterations + next.iterations, next.converged);
    }

    /**
     * The solution of a batch whose examples were solved in parts. A finished part contributes its last energy to later
     * iterations.
     *
     * @param code  of all examples
     * @param parts in the order of the examples
     */
    static Solution together(INDArray code, Solution[] parts) {
        int iterations =
                Arrays.stream(parts).mapToInt(Solution::iterations).max().orElseThrow();
        double[] energies = new double[iterations + 1];
        double worst = 0;
        boolean converged = true;
        for (Solution part : parts) {
            for (int k = 0; k <= iterations; k++) {
                energies[k] += part.energies[Math.min(k, part.iterations)];
            }
            worst = Math.max(worst, part.worst);
            converged &= part.converged;
        }
        return new Solution(code, energies, parts[0].certificate, worst, iterations, converged);
    }

    /** This solution, after a warning in the log if there is a tolerance and it did not converge. */
    Solution reported(Solver solver) {
        if (!converged && solver.tolerance() > 0) {
            LoggerFactory.getLogger(Solver.class)
                    .warn("{}: {}; the tolerance is {}", solver.getClass().getSimpleName(), this, solver.tolerance());
        }
        return this;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s after %d iterations: energy %.6g, %s %.3g",
                converged ? "converged" : "not converged",
                iterations,
                energy(),
                certificate == Certificate.DUALITY_GAP ? "relative duality gap" : "relative sub-gradient distance",
                worst);
    }

    /** The kind of a solver's certificate of optimality. Both kinds are at least 0, and 0 exactly at a minimum. */
    public enum Certificate {
        /**
         * The duality gap divided by the energy: the energy is at most this fraction above its minimum.
         * <p>\[ \frac{E(z) - \max_s d(s r)}{E(z)}, \qquad d(\theta) = \langle x, \theta \rangle - \tfrac12 \lVert \theta \rVert^2,
         * \quad \Omega^{\circ}(D^{\top} \theta) \le 1 \]
         * where r is the residual, scaled by s to be feasible. Convex penalties with a dual norm in closed form.
         */
        DUALITY_GAP,
        /**
         * The Euclidean distance of zero to the sub-differential of the energy divided by the norm of {@code D'x}: the
         * violation of the optimality conditions. It certifies a stationary point only where the penalty is not convex.
         */
        SUBGRADIENT_DISTANCE
    }
}
