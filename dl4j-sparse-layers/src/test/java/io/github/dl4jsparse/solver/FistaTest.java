package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.SolverContract;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FistaTest extends SolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new Fista(maxIterations, tolerance);
    }

    @Override
    protected boolean isMonotone() {
        return false;
    }

    /** The textbook's iteration, written down once more, and the same for an example alone as in a batch. */
    @Test
    void fixedStepsAreFistasOwnWhateverTheBatch() {
        INDArray atoms = Samples.gaussian(3, 8, 12);
        INDArray x = Samples.gaussian(4, 5, 8);
        Energy energy = new Energy(new DenseOperator(atoms), new L1Penalty(0.3));
        INDArray code = Fista.steps(7).solve(energy, x).code();
        double step = 1 / PowerIteration.squaredSpectralNorm(atoms);
        INDArray z = code.mul(0);
        INDArray point = z.dup();
        double momentum = 1;
        for (int i = 0; i < 7; i++) {
            INDArray next =
                    point.sub(point.mmul(atoms.transpose()).sub(x).mmul(atoms).mul(step));
            new L1Penalty(0.3).prox(next, step);
            double nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            point = next.add(next.sub(z).mul((momentum - 1) / nextMomentum));
            momentum = nextMomentum;
            z = next;
        }
        assertEquals(0, Samples.distance(z, code), 1e-6);
        for (int i = 0; i < 5; i++) {
            INDArray alone = Fista.steps(7).solve(energy, Rows.of(x, i, 1)).code();
            assertEquals(0, Samples.distance(Rows.of(code, i, 1), alone), 1e-9);
        }
        assertTrue(Fista.steps(7).solve(energy, x).iterations() == 7);
    }
}
