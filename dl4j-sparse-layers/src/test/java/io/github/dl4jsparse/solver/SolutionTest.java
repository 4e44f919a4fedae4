package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.solver.Solution.Certificate;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SolutionTest {
    private static Solution solution(Certificate certificate, boolean converged) {
        return new Solution(
                Samples.gaussian(1, 2, 3), new double[] {9, 5.5, 1234.5678}, certificate, 0.00123456, 2, converged);
    }

    @Test
    void energyIsTheLast() {
        assertEquals(1234.5678, solution(Certificate.DUALITY_GAP, true).energy());
    }

    @Test
    void convergedSolutionIsGivenBack() {
        Solution converged = solution(Certificate.DUALITY_GAP, true);
        assertSame(converged, converged.requireConverged());
        assertSame(converged, converged.reported(new Ista(1, 1e-3)));
        Solution not = solution(Certificate.DUALITY_GAP, false);
        assertSame(not, not.reported(new Ista(1, 1e-3)));
        assertEquals(
                "solver must converge, got " + not,
                assertThrows(IllegalStateException.class, not::requireConverged).getMessage());
    }

    @Test
    void textTellsWhatTheCertificateIsInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(
                    "converged after 2 iterations: energy 1234.57, relative duality gap 0.00123",
                    solution(Certificate.DUALITY_GAP, true).toString());
            assertEquals(
                    "not converged after 2 iterations: energy 1234.57, relative sub-gradient distance 0.00123",
                    solution(Certificate.SUBGRADIENT_DISTANCE, false).toString());
        } finally {
            Locale.setDefault(before);
        }
    }
}
