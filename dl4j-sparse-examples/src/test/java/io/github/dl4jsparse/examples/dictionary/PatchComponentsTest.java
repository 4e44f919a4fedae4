package io.github.dl4jsparse.examples.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PatchComponentsTest {
    /** Variances 9, 4 and 1 along orthogonal directions that are no axes, and a mean that does not count. */
    @Test
    void sharesOfTheVariance() {
        double[][] directions = {{0.6, 0.8, 0}, {-0.8, 0.6, 0}, {0, 0, 1}};
        double[] deviations = {1, 3, 2};
        INDArray patches = Nd4j.zeros(6, 3);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 3; j++) {
                double sign = i % 2 == 0 ? 1 : -1;
                patches.putScalar(i, j, 5 + sign * deviations[i / 2] * directions[i / 2][j]);
            }
        }
        assertEquals(9 / 14.0, PatchComponents.explainedVariance(patches, 1), 1e-6);
        assertEquals(13 / 14.0, PatchComponents.explainedVariance(patches, 2), 1e-6);
        assertEquals(1, PatchComponents.explainedVariance(patches, 7), 1e-6);
    }
}
