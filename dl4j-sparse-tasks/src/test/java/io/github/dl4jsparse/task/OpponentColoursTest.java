package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OpponentColoursTest {
    @Test
    void theFirstPlaneIsTheMeanOfTheColours() {
        INDArray image = TestPhotographs.image(2, 3, 5, 7);
        INDArray planes = OpponentColours.planes(image);
        assertArrayEquals(new long[] {3, 1, 5, 7}, planes.shape());
        assertTrue(planes.slice(0).equalsWithEps(image.mean(true, 1).slice(0), 1e-6));
    }

    @Test
    void theWayBackIsTheInverse() {
        INDArray image = TestPhotographs.image(2, 3, 5, 7);
        assertTrue(image.equalsWithEps(OpponentColours.image(OpponentColours.planes(image)), 1e-6));
    }

    @Test
    void whiteNoiseStaysWhite() {
        INDArray noise = ImageNoise.add(Nd4j.create(1, 3, 150, 200), 1, 5);
        INDArray planes = OpponentColours.planes(noise).reshape(3, 150 * 200);
        INDArray covariance = planes.mmul(planes.transpose()).divi(150 * 200);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = i == j ? OpponentColours.NOISE * OpponentColours.NOISE : 0;
                assertEquals(expected, covariance.getDouble(i, j), 0.01);
            }
        }
    }
}
