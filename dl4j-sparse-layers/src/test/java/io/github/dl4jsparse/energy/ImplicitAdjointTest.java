package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImplicitAdjointTest {
    private static final Groups TORUS = Groups.torus(8, 12, Window.of(4).stride(2));
    private static final int UNITS = 96;

    private static double[] numbers(long seed) {
        return Samples.gaussian(seed, 1, UNITS).toDoubleVector();
    }

    private static double[] code(RowPenalty penalty, double[] v) {
        double[] code = v.clone();
        penalty.proxOf(code, 1);
        return code;
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    /** The tolerance that the class states, on a topographic map of which some groups are zero. */
    @Test
    void residualIsBelowTheTolerance() {
        OverlappingGroupPenalty penalty = new OverlappingGroupPenalty(0.9, TORUS);
        int zeros = 0;
        for (long seed = 0; seed < 50; seed++) {
            double[] code = code(penalty, numbers(seed));
            double[] solution = numbers(seed + 500);
            penalty.proxAdjointOf(numbers(seed), code, 1, solution);
            double[] product = new double[UNITS];
            penalty.hessianProductOf(code, solution, product);
            double[] residual = new double[UNITS];
            double[] wanted = numbers(seed + 500);
            for (int i = 0; i < UNITS; i++) {
                wanted[i] = code[i] == 0 ? 0 : wanted[i];
                residual[i] = code[i] == 0 ? 0 : solution[i] + product[i] - wanted[i];
                zeros += code[i] == 0 ? 1 : 0;
            }
            assertTrue(norm(residual) <= 2 * ImplicitAdjoint.TOLERANCE * norm(wanted), "seed " + seed);
        }
        assertTrue(zeros > 100, zeros + " zeros");
    }

    /** What the default tolerance of the proximal operator costs: gradients are within half a percent. */
    @Test
    void gradientsAreAlmostThoseOfTheExactCode() {
        OverlappingGroupPenalty penalty = new OverlappingGroupPenalty(0.9, TORUS);
        OverlappingGroupPenalty tight = new OverlappingGroupPenalty(0.9, TORUS, 1e-14);
        for (long seed = 0; seed < 10; seed++) {
            double[] v = numbers(seed);
            double[] gradient = numbers(seed + 500);
            double[] exact = gradient.clone();
            double byStep = penalty.proxAdjointOf(v, code(penalty, v), 1, gradient);
            double expected = tight.proxAdjointOf(v, PolishedProx.of(tight, v, 1), 1, exact);
            double error = 0;
            for (int i = 0; i < UNITS; i++) {
                error += (gradient[i] - exact[i]) * (gradient[i] - exact[i]);
            }
            assertTrue(Math.sqrt(error) <= 5e-3 * norm(exact), "seed " + seed + ": " + Math.sqrt(error));
            assertEquals(expected, byStep, 5e-3 * norm(exact));
        }
    }

    @Test
    void flatPenaltyPassesActiveUnitsOn() {
        double[] gradient = {1e200, 2, 3e200};
        double[] ones = {1, 1, 1};
        boolean[] active = {true, true, false};
        double derivative =
                new ImplicitAdjoint(new TopKPenalty(2), new double[] {1, 1, 0}, 1, active).solve(ones, gradient);
        assertArrayEquals(new double[] {1e200, 2, 0}, gradient, 1e185);
        assertEquals(0, derivative);
    }
}
