package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class CodeHealthTest {
    private static final int UNITS = 7;

    /** Sparse codes of images, height 3 and width 2, with the maps last. */
    private static INDArray codes(DataType type, Random random, int batch, double density) {
        INDArray code = Samples.gaussian(type, random.nextLong(), batch, 3, 2, UNITS);
        for (long i = 0; i < code.length(); i++) {
            if (random.nextDouble() > density) {
                code.putScalar(i, 0);
            }
        }
        return code;
    }

    /** Zero at all positions of an example. */
    private static boolean isZero(INDArray code, int example, int unit) {
        for (int h = 0; h < 3; h++) {
            for (int w = 0; w < 2; w++) {
                if (code.getDouble(example, h, w, unit) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Against loops over all elements; the batches are single examples, so that the window is exact. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void deadAndActiveUnitsAreCounted(DataType type) {
        Random random = new Random(5);
        CodeHealth health = new CodeHealth(UNITS);
        List<INDArray> all = new ArrayList<>();
        for (int n = 1; n <= 40; n++) {
            INDArray code = codes(type, random, 1, 0.01);
            all.add(code);
            health.add(code, 1, true);
            for (int window : new int[] {1, 5, 20, 1000}) {
                int from = Math.max(0, n - window);
                int dead = 0;
                for (int unit = 0; unit < UNITS; unit++) {
                    boolean zero = true;
                    for (INDArray seen : all.subList(from, n)) {
                        zero &= isZero(seen, 0, unit);
                    }
                    dead += zero ? 1 : 0;
                }
                assertEquals(dead, health.deadUnits(window), n + " examples, window " + window);
            }
        }
        double active = 0;
        for (INDArray code : all) {
            for (int unit = 0; unit < UNITS; unit++) {
                active += isZero(code, 0, unit) ? 0 : 1;
            }
        }
        assertEquals(active / 40, health.activeUnits(), 1e-12);
        health.startCount();
        assertEquals(Double.NaN, health.activeUnits());
        assertEquals(40, health.examples());
    }

    @Test
    void batchesOfSeveralExamplesAndViewsCountAlike() {
        INDArray code = codes(DataType.FLOAT, new Random(2), 6, 0.1);
        CodeHealth one = new CodeHealth(UNITS);
        CodeHealth view = new CodeHealth(UNITS);
        one.add(code, 6, true);
        INDArray channelsFirst = code.permute(0, 3, 1, 2).dup('c');
        view.add(channelsFirst.permute(0, 2, 3, 1), 6, true);
        CodeHealth part = new CodeHealth(UNITS);
        INDArray larger = Nd4j.concat(0, code.mul(0).addi(1), code);
        part.add(larger.get(NDArrayIndex.interval(6, 12)), 6, true);
        assertEquals(one.activeUnits(), part.activeUnits());
        assertEquals(one.activeUnits(), view.activeUnits());
        assertEquals(one.deadUnits(6), view.deadUnits(6));
        double active = 0;
        for (int example = 0; example < 6; example++) {
            for (int unit = 0; unit < UNITS; unit++) {
                active += isZero(code, example, unit) ? 0 : 1;
            }
        }
        assertEquals(active / 6, one.activeUnits(), 1e-12);
    }

    @Test
    void silenceIsCountedFromTheLastActiveUnit() {
        CodeHealth health = new CodeHealth(2);
        assertEquals(0, health.deadUnits(10));
        health.add(Nd4j.zeros(3, 2), 3, false);
        assertEquals(3, health.silentExamples());
        assertEquals(2, health.deadUnits(10));
        health.add(Nd4j.createFromArray(new float[][] {{0, 0}, {0, -1}}), 2, false);
        assertEquals(0, health.silentExamples());
        assertEquals(1, health.deadUnits(10));
        health.add(Nd4j.zeros(4, 2), 4, false);
        assertEquals(4, health.silentExamples());
        assertEquals(1, health.deadUnits(5));
        assertEquals(2, health.deadUnits(4));
    }
}
