package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PatchCoderTest {
    private static final double SIGMA = 0.1;

    private static INDArray gaussian(long seed, int rows, int columns) {
        return ImageNoise.add(Nd4j.create(1, 1, rows, columns), 1, seed).reshape(rows, columns);
    }

    /** Atoms of norm 1. */
    private static INDArray dictionary() {
        INDArray atoms = gaussian(1, 64, 100);
        return atoms.diviRowVector(atoms.norm2(0));
    }

    /** Patches of three atoms each. */
    private static INDArray signals(INDArray dictionary) {
        INDArray codes = Nd4j.create(50, 100);
        for (int i = 0; i < 50; i++) {
            for (int k = 0; k < 3; k++) {
                codes.putScalar(i, (7 * i + 31 * k) % 100, k == 1 ? -2 : 2);
            }
        }
        return codes.mmul(dictionary.transpose());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noiseGoesAndSignalsStay(boolean masked) {
        INDArray dictionary = dictionary();
        INDArray clean = signals(dictionary);
        INDArray noisy = gaussian(2, 50, 64).muli(SIGMA).addi(clean);
        INDArray mask = masked ? ImageNoise.mask(50, 64, 0.25, 3).reshape(50, 64) : null;
        if (masked) {
            noisy.muli(mask);
        }
        INDArray restored = new PatchCoder(dictionary, 1.15).reconstruct(noisy, mask, SIGMA);
        double before = noisy.squaredDistance(clean);
        double after = restored.squaredDistance(clean);
        // three atoms of 64 dimensions hold 3/64 of the noise
        assertTrue(after < 0.25 * before, after + " of " + before);
    }

    @Test
    void patchesBelowTheNoiseAreZero() {
        INDArray weak = gaussian(4, 20, 64).muli(0.3 * SIGMA);
        INDArray restored = new PatchCoder(dictionary(), 1.15).reconstruct(weak, null, SIGMA);
        assertEquals(0, restored.norm2Number().doubleValue());
    }
}
