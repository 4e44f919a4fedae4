package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every {@link Penalty}, and every {@link Proximal} one, keeps: extend this class, say how to make your penalty, and
 * inherit the tests.
 * <p>Gradients are compared with finite differences at random codes, which are away from kinks almost surely. The
 * proximal operator must beat {@value #COMPETITORS} random changes of its own answer:
 * \[ \tfrac12 \lVert p - v \rVert^2 + t \, \mathrm{penalty}(p) \le \tfrac12 \lVert z - v \rVert^2 + t \, \mathrm{penalty}(z) \]
 */
public abstract class PenaltyContract {
    private static final int COMPETITORS = 1000;
    private static final int BATCH = 3;

    /** The penalty under test, of a weight above zero. */
    protected abstract Penalty penalty();

    /** A penalty of the same class that differs from {@link #penalty} in one parameter. */
    protected abstract Penalty otherPenalty();

    /** The number of units of a code; every penalty under test takes codes of this width. */
    protected int units() {
        return 6;
    }

    /** A step of the proximal operator at which some units, but not all, of a standard normal code become zero. */
    protected double step() {
        return 1;
    }

    /** Penalties that differ from {@link #penalty} by their weight of zero give 0 everywhere; null if there are none. */
    protected Penalty zeroPenalty() {
        return null;
    }

    private INDArray codes(long seed) {
        return Samples.gaussian(seed, BATCH, units());
    }

    private INDArray gradient(INDArray code, double scale) {
        INDArray gradient = Nd4j.zeros(code.dataType(), code.shape());
        penalty().addGradient(code, scale, gradient);
        return gradient;
    }

    private Proximal proximal() {
        assumeTrue(penalty() instanceof Proximal, "not a proximal penalty");
        return (Proximal) penalty();
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
    protected void zeroPenaltyIsFree() {
        assumeTrue(zeroPenalty() != null, "no penalty of weight zero");
        assertEquals(0, zeroPenalty().value(codes(8)));
        INDArray gradient = codes(9);
        zeroPenalty().addGradient(codes(8), 1, gradient);
        assertEquals(codes(9), gradient);
    }

    @Test
    protected void proxBeatsRandomChanges() {
        Proximal penalty = proximal();
        for (double t : new double[] {0.1 * step(), step(), 10 * step()}) {
            INDArray target = codes(10);
            INDArray best = penalty.prox(target.dup(), t);
            double reached = objective(penalty, best, target, t);
            for (int k = 0; k < COMPETITORS; k++) {
                double size = Math.pow(10, -4.0 * k / COMPETITORS);
                INDArray rival =
                        best.add(Samples.gaussian(1000 + k, BATCH, units()).mul(size));
                double rivals = objective(penalty, rival, target, t);
                assertTrue(reached <= rivals + 1e-12, "step " + t + ": " + rivals + " is below " + reached);
            }
        }
    }

    private static double objective(Penalty penalty, INDArray code, INDArray target, double t) {
        INDArray difference = code.sub(target);
        return Samples.dot(difference, difference) / 2 + t * penalty.value(code);
    }

    @Test
    protected void proxIsNonExpansive() {
        Proximal penalty = proximal();
        for (long seed = 20; seed < 120; seed++) {
            INDArray a = codes(seed);
            INDArray b = codes(seed + 1000);
            double before = a.distance2(b);
            double after = penalty.prox(a, step()).distance2(penalty.prox(b, step()));
            assertTrue(after <= before * (1 + 1e-12), after + " > " + before);
        }
    }

    @Test
    protected void proxOfZeroIsZero() {
        INDArray zero = Nd4j.zeros(DataType.DOUBLE, BATCH, units());
        assertEquals(zero, proximal().prox(zero.dup(), step()));
    }

    @Test
    protected void proxOfStepZeroChangesNothing() {
        assertEquals(codes(11), proximal().prox(codes(11), 0));
    }

    @Test
    protected void proxGivesExactZerosAndWorksInPlace() {
        Proximal penalty = proximal();
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray codes = codes(12).castTo(type);
            assertSame(codes, penalty.prox(codes, step()));
            int zeros = 0;
            for (long i = 0; i < codes.length(); i++) {
                zeros += codes.getDouble(i) == 0 ? 1 : 0;
            }
            assertTrue(zeros > 0 && zeros < codes.length(), zeros + " zeros of " + codes.length());
        }
    }

    @Test
    protected void proxOfExamplesOfABatchDoNotMix() {
        INDArray batch = proximal().prox(codes(13), step());
        for (int i = 0; i < BATCH; i++) {
            INDArray alone = proximal().prox(codes(13).getRow(i, true).dup(), step());
            assertEquals(0, Samples.distance(batch.getRow(i, true), alone), 1e-14);
        }
    }

    @Test
    protected void proxRefusesABadStep() {
        Proximal penalty = proximal();
        for (double bad : new double[] {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = assertThrows(IllegalArgumentException.class, () -> penalty.prox(codes(14), bad))
                    .getMessage();
            assertEquals("step must be finite and >= 0, got " + bad, message);
        }
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
