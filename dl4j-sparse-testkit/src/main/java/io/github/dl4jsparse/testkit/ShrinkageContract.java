package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The contract of every {@link Shrinkage}, with its mathematics in {@link ShrinkageLaws}: extend this class, implement
 * the method that creates your shrinkage, and inherit the tests.
 */
public abstract class ShrinkageContract extends ShrinkageLaws {
    /** A shrinkage that differs from {@link #shrinkage} in one parameter; null for one without parameters. */
    protected abstract Shrinkage otherShrinkage();

    /** Some units that the shrinkage can be restricted to, in ascending order. */
    protected int[] kept() {
        return new int[] {0, 2, 3, 5};
    }

    @Test
    protected void thresholdsAreNotModifiedAndNeitherAreDriveAndCode() {
        double[] v = drive(1);
        double[] thresholds = thresholds(1);
        double[] code = shrunk(v, thresholds);
        double[] codeBefore = code.clone();
        gradientOf(v, code, thresholds, drive(2), new double[thresholds.length]);
        assertArrayEquals(thresholds(1), thresholds);
        assertArrayEquals(drive(1), v);
        assertArrayEquals(codeBefore, code);
    }

    @Test
    protected void thresholdGradientIsAdded() {
        double[] v = drive(3);
        double[] thresholds = thresholds(3);
        double[] code = shrunk(v, thresholds);
        double[] alone = new double[thresholds.length];
        gradientOf(v, code, thresholds, drive(4), alone);
        double[] sum = new double[thresholds.length];
        Arrays.fill(sum, 10);
        gradientOf(v, code, thresholds, drive(4), sum);
        for (int i = 0; i < sum.length; i++) {
            assertEquals(10 + alone[i], sum[i], 1e-12);
        }
    }

    @Test
    protected void driveIsNotReadUnlessNeeded() {
        assumeTrue(!shrinkage().needsDrive(), "needs the drive");
        double[] thresholds = thresholds(5);
        double[] code = shrunk(drive(5), thresholds);
        double[] expected = gradientOf(drive(5), code, thresholds, drive(6), new double[thresholds.length]);
        assertArrayEquals(expected, gradientOf(null, code, thresholds, drive(6), new double[thresholds.length]));
    }

    @Test
    protected void rowsAndThreadsDoNotMix() {
        Shrinkage shrinkage = shrinkage();
        double[] thresholds = thresholds(7);
        double[][] expected = new double[200][];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = new double[units()];
            System.arraycopy(drive(i), 0, expected[i], 0, units());
            shrinkage().shrink(0, expected[i], thresholds);
        }
        IntStream.range(0, expected.length).parallel().forEach(i -> {
            double[] code = drive(i);
            shrinkage.shrink(3, code, thresholds);
            assertArrayEquals(expected[i], code, "row " + i);
        });
    }

    @Test
    protected void numberOfThresholdsIsSaid() {
        assertEquals(shrinkage().thresholds(units()), shrinkage().startThresholds(units(), 0.5, penalty()).length);
        if (shrinkage().isThresholdOfUnit()) {
            assertEquals(units(), shrinkage().thresholds(units()));
            assertArrayEquals(kept(), shrinkage().keptThresholds(kept()));
        }
        assertThrows(IllegalArgumentException.class, () -> shrinkage().thresholds(0));
        assumeTrue(shrinkage().units() > 0, "takes codes of any size");
        assertEquals(units(), shrinkage().units());
        assertThrows(IllegalArgumentException.class, () -> shrinkage().thresholds(units() + 1));
        assertThrows(IllegalArgumentException.class, () -> shrinkage()
                .startThresholds(units() + 1, 0.5, new L1Penalty(0.1)));
    }

    @Test
    protected void badStartIsRefused() {
        Penalty wide = new L1Penalty(new double[units() + 1]);
        assertThrows(IllegalArgumentException.class, () -> shrinkage().startThresholds(units(), 0.5, wide));
        assertThrows(IllegalArgumentException.class, () -> shrinkage().startThresholds(units(), 0.5, null));
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> shrinkage().startThresholds(units(), bad, penalty()));
        }
    }

    @Test
    protected void restrictedShrinkageIsThatOfDrivesWithZerosElsewhere() throws IOException {
        Shrinkage restricted = shrinkage().restrictedTo(kept());
        int[] keptThresholds = shrinkage().keptThresholds(kept());
        assertEquals(restricted.thresholds(kept().length), keptThresholds.length);
        double[] thresholds = thresholds(8);
        double[] small =
                IntStream.of(keptThresholds).mapToDouble(i -> thresholds[i]).toArray();
        for (long seed = 1; seed <= 20; seed++) {
            double[] v = new double[units()];
            double[] smallV = new double[kept().length];
            double[] g = drive(seed + 100);
            double[] smallG = new double[kept().length];
            for (int i = 0; i < kept().length; i++) {
                smallV[i] = drive(seed)[i];
                v[kept()[i]] = smallV[i];
                smallG[i] = g[kept()[i]];
            }
            double[] code = shrunk(v, thresholds);
            double[] smallCode = smallV.clone();
            restricted.shrink(0, smallCode, small);
            double[] gradient = gradientOf(v, code, thresholds, g, new double[thresholds.length]);
            restricted.backward(0, smallV, smallCode, small, smallG, new double[small.length]);
            for (int i = 0; i < kept().length; i++) {
                assertEquals(code[kept()[i]], smallCode[i], restrictedTolerance());
                assertEquals(gradient[kept()[i]], smallG[i], restrictedTolerance());
            }
        }
        assertEquals(restricted, read(NeuralNetConfiguration.mapper(), restricted));
    }

    /** More than rounding for a proximal operator that iterates. */
    protected double restrictedTolerance() {
        return 1e-12;
    }

    @Test
    protected void shrinkageOfAllUnitsIsTheShrinkage() {
        int[] all = IntStream.range(0, units()).toArray();
        assertEquals(shrinkage(), shrinkage().restrictedTo(all));
        int count = shrinkage().thresholds(units());
        assertArrayEquals(IntStream.range(0, count).toArray(), shrinkage().keptThresholds(all));
    }

    @Test
    protected void unitsThatAreNoneAreRefused() {
        for (int[] bad : new int[][] {{}, {-1, 0}, {0, 0}, {3, 2}}) {
            assertThrows(IllegalArgumentException.class, () -> shrinkage().restrictedTo(bad));
            assertThrows(IllegalArgumentException.class, () -> shrinkage().keptThresholds(bad));
        }
    }

    @Test
    protected void equalsComparesByValue() {
        assertEquals(shrinkage(), shrinkage());
        assertEquals(shrinkage().hashCode(), shrinkage().hashCode());
        assertNotEquals(shrinkage(), otherShrinkage());
    }

    private static Shrinkage read(ObjectMapper mapper, Shrinkage shrinkage) throws IOException {
        return mapper.readValue(mapper.writeValueAsString(shrinkage), Shrinkage.class);
    }

    @Test
    protected void jsonAndYamlRoundTripsAreEqual() throws IOException {
        for (ObjectMapper mapper :
                new ObjectMapper[] {NeuralNetConfiguration.mapper(), NeuralNetConfiguration.mapperYaml()}) {
            Shrinkage back = read(mapper, shrinkage());
            assertEquals(shrinkage(), back, mapper.writeValueAsString(shrinkage()));
            double[] code = drive(9);
            back.shrink(0, code, thresholds(9));
            double[] expected = drive(9);
            shrinkage().shrink(0, expected, thresholds(9));
            assertArrayEquals(expected, code);
        }
    }

    @Test
    protected void serialisedCopyIsEqual() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(shrinkage());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(shrinkage(), in.readObject());
        }
    }

    /** Standard normal drives. */
    protected final double[] drive(long seed) {
        return Samples.gaussian(seed, 1, units()).toDoubleVector();
    }

    /** Random thresholds at which some units of a standard normal drive become zero. */
    @Override
    protected final double[] thresholds(long seed) {
        Random random = new Random(seed);
        double least = shrinkage().needsNonNegativeThresholds() ? 0.2 : -0.4;
        return random.doubles(shrinkage().thresholds(units()), least, 1.2).toArray();
    }
}
