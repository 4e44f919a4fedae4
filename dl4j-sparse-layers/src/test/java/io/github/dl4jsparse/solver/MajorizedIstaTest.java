package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class MajorizedIstaTest extends InhibitionSolverContract {
    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new MajorizedIsta(maxIterations, tolerance);
    }

    @Override
    int fewIterations() {
        return 20;
    }

    @Override
    int together() {
        return 5;
    }

    /** Its steps are as small as the inhibition is strong. */
    @Override
    double decades() {
        return 3;
    }

    private static INDArray dictionary() {
        INDArray dictionary = Samples.gaussian(1, 64, 100);
        return dictionary.diviRowVector(dictionary.norm2(0));
    }

    /** Random, 64 inputs and 100 units, with column sums about 40. */
    private static Energy stronglyInhibited(INDArray dictionary) {
        double[][] s = Samples.rows(Samples.gaussian(2, 100, 100));
        for (int i = 0; i < 100; i++) {
            s[i][i] = 0;
            for (int j = 0; j < i; j++) {
                s[i][j] = Math.abs(s[i][j]) / 2;
                s[j][i] = s[i][j];
            }
        }
        return new Energy(new DenseOperator(dictionary), new LateralInhibitionPenalty(0.5, InhibitionMatrix.of(s)));
    }

    /** One step of ISTA with the thresholds of the code as it is: what one would write down first. */
    private static INDArray naiveStep(Energy energy, INDArray x, INDArray code, double lipschitz) {
        INDArray v = code.add(energy.residual(x, code).mmul(dictionary()).divi(lipschitz));
        INDArray q = ((LateralInhibitionPenalty) energy.penalty())
                .inhibition()
                .product(Transforms.abs(code, true))
                .divi(lipschitz);
        return Transforms.max(Transforms.abs(v, true).subi(q), 0, false).muli(Transforms.sign(v, true));
    }

    @Test
    void naiveReweightedIstaSwingsWhereThisDoesNot() {
        INDArray dictionary = dictionary();
        Energy energy = stronglyInhibited(dictionary);
        INDArray x = Samples.gaussian(3, 1, 64);
        double lipschitz = PowerIteration.squaredSpectralNorm(dictionary);
        INDArray code = x.mmul(dictionary).muli(0.1);
        INDArray before = code;
        int up = 0;
        double worst = 0;
        for (int k = 0; k < 500; k++) {
            INDArray next = naiveStep(energy, x, code, lipschitz);
            double value = energy.value(x, next);
            up += value > energy.value(x, code) ? 1 : 0;
            worst = Math.max(worst, value);
            before = code;
            code = next;
        }
        assertTrue(up >= 240, up + " of 500 naive steps went up");
        assertEquals(0, Samples.distance(before, naiveStep(energy, x, code, lipschitz)), 1e-9, "a cycle of two");
        assertTrue(Samples.distance(before, code) > 0.01, "not a fixed point");

        Solution solution = solver(20_000, 1e-9).solve(energy, x).requireConverged();
        for (int k = 1; k < solution.energies().length; k++) {
            assertTrue(solution.energies()[k] <= solution.energies()[k - 1] * (1 + 1e-14), "step " + k);
        }
        Solution exact = new InhibitionCoordinateDescent(1000, 1e-9).solve(energy, x);
        assertTrue(solution.energy() < 0.7 * worst, solution.energy() + " against " + worst);
        assertEquals(exact.energy(), solution.energy(), 0.1 * exact.energy(), "local minima of one size");
        assertTrue(solution.code().neq(0).castTo(DataType.INT32).sumNumber().intValue() <= 20);
    }

    @Test
    void unitsWithoutADirectionGoWhereTheyCameFrom() {
        // v = z + (x - z) / L is exactly zero for x = (1 - L) z
        Energy energy = new Energy(
                new DenseOperator(Nd4j.eye(2).castTo(DataType.DOUBLE)),
                new LateralInhibitionPenalty(0.5, InhibitionMatrix.uniform(2, 8), new L1Penalty(0)));
        INDArray start = Nd4j.create(new double[][] {{-2, 0.5}});
        double lipschitz = Quadratic.of(energy, start).lipschitz();
        INDArray x = start.mul(1 - lipschitz);
        assertEquals(0, start.mul(lipschitz).add(x.sub(start)).getDouble(0), 1e-15);
        Solution solution = solver(1, 1e-12).solve(energy, x, start);
        assertTrue(solution.energies()[1] <= solution.energies()[0], solution.toString());
        double rho = 8;
        double expected = -(rho * 2 - 8 * 0.5) / (lipschitz + rho);
        assertEquals(expected, solution.code().getDouble(0), 1e-3);
        assertEquals(0, solution.code().getDouble(1));
    }
}
