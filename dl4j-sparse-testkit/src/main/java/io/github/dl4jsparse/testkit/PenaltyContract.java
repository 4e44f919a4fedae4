package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.energy.Majorizable;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.Subdifferentiable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The contract of every {@link Penalty} and, with {@link ProximalLaws} and {@link ProximalDerivativeLaws}, of every
 * {@link Proximal} one: extend this class, implement the method that creates your penalty, and inherit the tests.
 * <p>Gradients are compared with finite differences at random codes, which are away from kinks almost surely.
 */
public abstract class PenaltyContract extends ProximalDerivativeLaws {
    /** Examples that are several blocks. */
    private static final int MANY = 6000;

    /** A penalty of the same class that differs from {@link #penalty} in one parameter. */
    protected abstract Penalty otherPenalty();

    /** Penalties that differ from {@link #penalty} by their weight of zero give 0 everywhere; null if there are none. */
    protected Penalty zeroPenalty() {
        return null;
    }

    private INDArray gradient(INDArray code, double scale) {
        INDArray gradient = Nd4j.zeros(code.dataType(), code.shape());
        penalty().addGradient(code, scale, gradient);
        return gradient;
    }

    @Test
    protected void valueIsPositiveAwayFromZeroAndZeroAtZero() {
        for (long seed = 1; seed <= 20; seed++) {
            assertTrue(penalty().value(codes(seed)) > 0);
        }
        assertEquals(0, penalty().value(Nd4j.zeros(DataType.DOUBLE, BATCH, units())), 1e-12);
    }

    @Test
    protected void batchValueIsTheSumOfTheExamples() {
        INDArray codes = codes(1);
        double sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum += penalty().value(codes.getRow(i, true).dup());
        }
        assertEquals(sum, penalty().value(codes), 1e-10 * Math.max(1, sum));
    }

    @Test
    protected void valuesAreThoseOfTheExamples() {
        INDArray codes = codes(1);
        INDArray values = penalty().values(codes);
        assertArrayEquals(new long[] {BATCH, 1}, values.shape());
        for (int i = 0; i < BATCH; i++) {
            double alone = penalty().value(codes.getRow(i, true).dup());
            assertEquals(alone, values.getDouble(i), 1e-12 * Math.max(1, alone));
        }
        assertEquals(
                DataType.FLOAT, penalty().values(codes.castTo(DataType.FLOAT)).dataType());
    }

    @Test
    protected void codesOfAnotherSizeAreRefused() {
        assumeTrue(penalty().units() > 0, "takes codes of any size");
        assertEquals(units(), penalty().units());
        INDArray wide = Samples.gaussian(1, BATCH, units() + 1);
        assertThrows(IllegalArgumentException.class, () -> penalty().value(wide));
    }

    @Test
    protected void gradientAgreesWithFiniteDifferences() {
        double h = 1e-6;
        INDArray codes = codes(2);
        INDArray gradient = gradient(codes, 1);
        assertTrue(gradient.norm2Number().doubleValue() > 0, "a gradient of zero tells nothing");
        for (long i = 0; i < codes.length(); i++) {
            double value = codes.getDouble(i);
            codes.putScalar(i, value + h);
            double above = penalty().value(codes);
            codes.putScalar(i, value - h);
            double below = penalty().value(codes);
            codes.putScalar(i, value);
            double expected = (above - below) / (2 * h);
            assertEquals(expected, gradient.getDouble(i), 1e-6 * Math.max(1, Math.abs(expected)), "element " + i);
        }
    }

    @Test
    protected void gradientOfAZeroCodeIsZero() {
        INDArray zero = Nd4j.zeros(DataType.DOUBLE, BATCH, units());
        assertEquals(zero, gradient(zero.dup(), 1));
    }

    @Test
    protected void gradientIsScaledAndAdded() {
        INDArray codes = codes(3);
        INDArray sum = Samples.gaussian(4, BATCH, units());
        INDArray expected = sum.add(gradient(codes, 1).mul(-2.5));
        penalty().addGradient(codes, -2.5, sum);
        assertEquals(0, Samples.distance(expected, sum), 1e-12);
    }

    @Test
    protected void codeIsNotModified() {
        INDArray codes = codes(5);
        penalty().value(codes);
        gradient(codes, 1);
        assertEquals(codes(5), codes);
    }

    @Test
    protected void floatAgreesWithDouble() {
        INDArray codes = codes(6);
        INDArray single = codes.castTo(DataType.FLOAT);
        double value = penalty().value(codes);
        assertEquals(value, penalty().value(single), 1e-5 * Math.max(1, value));
        assertEquals(0, Samples.distance(gradient(codes, 1), gradient(single, 1)), 1e-4);
    }

    @Test
    protected void orderOfTheCodeDoesNotMatter() {
        INDArray codes = codes(7);
        double value = penalty().value(codes);
        assertEquals(value, penalty().value(codes.dup('f')), 1e-12 * Math.max(1, value));
        assertEquals(0, Samples.distance(gradient(codes, 1), gradient(codes.dup('f'), 1)), 1e-12);
    }

    @Test
    protected void bitsDoNotDependOnTheNumberOfThreads() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray codes = inDomain(Samples.gaussian(17, MANY, units())).castTo(type);
            INDArray other = Samples.gaussian(type, 18, MANY, units());
            ThreadsLaw.sameBits(() -> results(codes, other));
        }
    }

    /** All that the penalty computes. */
    private INDArray[] results(INDArray codes, INDArray other) {
        Penalty penalty = penalty();
        List<INDArray> all = new ArrayList<>(
                List.of(Nd4j.createFromArray(penalty.value(codes)), penalty.values(codes), gradient(codes, 0.5)));
        if (penalty instanceof Majorizable majorizable) {
            all.add(majorizable.curvature(codes));
        }
        if (penalty instanceof Subdifferentiable kinked) {
            all.add(kinked.subdifferentialDistance(codes, other));
            INDArray product = other.dup();
            kinked.addHessianProduct(codes, other, product);
            all.add(product);
        }
        if (penalty instanceof Proximal proximal) {
            all.add(proximal.prox(other.dup(), step()));
            proximal.dualNorms(other).ifPresent(all::add);
        }
        return all.toArray(INDArray[]::new);
    }

    @Test
    protected void zeroPenaltyIsFree() {
        assumeTrue(zeroPenalty() != null, "no penalty of weight zero");
        assertEquals(0, zeroPenalty().value(codes(8)));
        INDArray gradient = codes(9);
        zeroPenalty().addGradient(codes(8), 1, gradient);
        assertEquals(codes(9), gradient);
    }

    /** Some units that the penalty can be restricted to, in ascending order. */
    protected int[] kept() {
        return new int[] {0, 2, 3, 5};
    }

    /** A code with zeros at all units that are not kept. */
    private INDArray spread(INDArray keptUnits) {
        INDArray code = Nd4j.zeros(keptUnits.dataType(), BATCH, units());
        for (int i = 0; i < kept().length; i++) {
            code.putColumn(kept()[i], keptUnits.getColumn(i));
        }
        return code;
    }

    @Test
    protected void restrictedPenaltyIsThatOfCodesWithZerosElsewhere() throws IOException {
        Penalty restricted = penalty().restrictedTo(kept());
        assertEquals(penalty().units() == 0 ? 0 : kept().length, restricted.units());
        INDArray small = inDomain(Samples.gaussian(16, BATCH, kept().length));
        assertEquals(0, Samples.distance(penalty().values(spread(small)), restricted.values(small)), 1e-12);
        INDArray gradient = small.ulike().assign(0);
        restricted.addGradient(small, 1, gradient);
        INDArray expected = gradient(spread(small), 1);
        for (int i = 0; i < kept().length; i++) {
            assertEquals(0, Samples.distance(expected.getColumn(kept()[i]), gradient.getColumn(i)), 1e-12);
        }
        String json = NeuralNetConfiguration.mapper().writeValueAsString(restricted);
        assertEquals(restricted, NeuralNetConfiguration.mapper().readValue(json, Penalty.class), json);
    }

    @Test
    protected void penaltyOfAllUnitsIsThePenalty() {
        assertEquals(
                penalty(), penalty().restrictedTo(IntStream.range(0, units()).toArray()));
    }

    @Test
    protected void unitsThatAreNoneAreRefused() {
        for (int[] bad : new int[][] {{}, {-1, 0}, {0, 0}, {3, 2}}) {
            assertThrows(IllegalArgumentException.class, () -> penalty().restrictedTo(bad));
        }
        assumeTrue(penalty().units() > 0, "takes codes of any size");
        assertThrows(IllegalArgumentException.class, () -> penalty().restrictedTo(new int[] {0, units()}));
    }

    @Test
    protected void equalsComparesByValue() {
        assertEquals(penalty(), penalty());
        assertEquals(penalty().hashCode(), penalty().hashCode());
        assertNotEquals(penalty(), otherPenalty());
    }

    @Test
    protected void jsonRoundTripIsEqual() throws IOException {
        String json = NeuralNetConfiguration.mapper().writeValueAsString(penalty());
        Penalty back = NeuralNetConfiguration.mapper().readValue(json, Penalty.class);
        assertEquals(penalty(), back, json);
        assertEquals(penalty().value(codes(15)), back.value(codes(15)));
    }

    @Test
    protected void yamlRoundTripIsEqual() throws IOException {
        String yaml = NeuralNetConfiguration.mapperYaml().writeValueAsString(penalty());
        assertEquals(penalty(), NeuralNetConfiguration.mapperYaml().readValue(yaml, Penalty.class), yaml);
    }

    @Test
    protected void serialisedCopyIsEqual() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(penalty());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(penalty(), in.readObject());
        }
    }
}
