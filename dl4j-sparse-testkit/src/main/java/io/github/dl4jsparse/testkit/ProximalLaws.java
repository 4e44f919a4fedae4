package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.energy.BlockSeparable;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.group.Groups;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The laws of every {@link Proximal} and every {@link BlockSeparable} penalty; {@link PenaltyContract} includes these
 * tests.
 * <p>The proximal operator must beat {@value #COMPETITORS} random changes of its own answer,
 * \[ \tfrac12 \lVert p - v \rVert^2 + t \, \mathrm{penalty}(p) \le \tfrac12 \lVert z - v \rVert^2 + t \, \mathrm{penalty}(z) \]
 * and {@code (v - p) / t} must be in the sub-differential at p, which is Moreau's identity.
 */
abstract class ProximalLaws {
    /** The number of codes of a batch. */
    protected static final int BATCH = 3;

    private static final int COMPETITORS = 1000;

    /** The penalty under test, of a weight above zero. */
    protected abstract Penalty penalty();

    /** The number of units of a code; every penalty under test takes codes of this width. */
    protected int units() {
        return 6;
    }

    /** A step of the proximal operator at which some units, but not all, of a standard normal code become zero. */
    protected double step() {
        return 1;
    }

    /** Moves random codes to where the penalty is finite; override it for penalties that are not finite everywhere. */
    protected INDArray inDomain(INDArray codes) {
        return codes;
    }

    /** How far from the sub-differential a proximal point may be; more for a proximal operator that iterates. */
    protected double certificateTolerance() {
        return 1e-10;
    }

    /** Standard normal codes where the penalty is finite. */
    protected final INDArray codes(long seed) {
        return inDomain(targets(seed));
    }

    private INDArray targets(long seed) {
        return Samples.gaussian(seed, BATCH, units());
    }

    private Proximal proximal() {
        assumeTrue(penalty() instanceof Proximal, "not a proximal penalty");
        return (Proximal) penalty();
    }

    private double[] steps() {
        return new double[] {0.1 * step(), step(), 10 * step()};
    }

    @Test
    protected void proxBeatsRandomChanges() {
        Proximal penalty = proximal();
        for (double t : steps()) {
            INDArray target = targets(10);
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
            INDArray a = targets(seed);
            INDArray b = targets(seed + 1000);
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
            INDArray codes = targets(12).castTo(type);
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
        INDArray batch = proximal().prox(targets(13), step());
        for (int i = 0; i < BATCH; i++) {
            INDArray alone = proximal().prox(targets(13).getRow(i, true).dup(), step());
            assertEquals(0, Samples.distance(batch.getRow(i, true), alone), 1e-14);
        }
    }

    @Test
    protected void proxRefusesABadStep() {
        Proximal penalty = proximal();
        for (double bad : new double[] {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = assertThrows(IllegalArgumentException.class, () -> penalty.prox(targets(14), bad))
                    .getMessage();
            assertEquals("step must be finite and >= 0, got " + bad, message);
        }
    }

    @Test
    protected void proximalPointHasACertificate() {
        Proximal penalty = proximal();
        for (double t : steps()) {
            INDArray target = targets(20);
            INDArray point = penalty.prox(target.dup(), t);
            INDArray rest = target.sub(point).divi(t);
            double distance = greatest(penalty.subdifferentialDistance(point, rest));
            assertEquals(0, distance, certificateTolerance(), "step " + t);
        }
    }

    @Test
    protected void otherPointHasNoCertificate() {
        INDArray target = targets(21);
        INDArray point = proximal().prox(target.dup(), step());
        INDArray wrong = target.sub(point).divi(step()).addi(targets(22));
        assertTrue(greatest(proximal().subdifferentialDistance(point, wrong)) > 1e-3);
        assertEquals(BATCH, proximal().subdifferentialDistance(point, wrong).length());
    }

    private static double greatest(INDArray values) {
        return values.maxNumber().doubleValue();
    }

    /** The dual norms of points, or a skipped test. */
    private double[] dualNorms(INDArray points) {
        assumeTrue(proximal().dualNorms(points).isPresent(), "no dual norm in closed form");
        return proximal().dualNorms(points).orElseThrow().toDoubleVector();
    }

    @Test
    protected void dualNormBoundsInnerProducts() {
        for (long seed = 30; seed < 60; seed++) {
            INDArray points = targets(seed);
            INDArray codes = codes(seed + 1000);
            INDArray values = penalty().values(codes);
            INDArray inner = points.mul(codes).sum(true, 1);
            double[] dual = dualNorms(points);
            for (int i = 0; i < BATCH; i++) {
                double bound = dual[i] * values.getDouble(i);
                assertTrue(inner.getDouble(i) <= bound * (1 + 1e-12), inner.getDouble(i) + " > " + bound);
            }
        }
    }

    @Test
    protected void restOfAProximalPointHasADualNormOfOne() {
        for (double t : steps()) {
            INDArray target = targets(23);
            INDArray point = proximal().prox(target.dup(), t);
            double[] dual = dualNorms(target.sub(point).divi(t));
            INDArray values = penalty().values(point);
            for (int i = 0; i < BATCH; i++) {
                assertTrue(dual[i] <= 1 + 1e-12, "dual norm " + dual[i]);
                assertTrue(dual[i] >= 1 - 1e-12 || values.getDouble(i) == 0, "dual norm " + dual[i]);
            }
        }
    }

    @Test
    protected void dualNormIsTheLeastStepThatGivesZero() {
        for (long seed = 60; seed < 80; seed++) {
            INDArray target = targets(seed).getRow(0, true).dup();
            double dual = dualNorms(target)[0];
            if (dual > 0 && dual < Double.POSITIVE_INFINITY) {
                INDArray zero = proximal().prox(target.dup(), dual * (1 + 1e-9));
                INDArray other = proximal().prox(target.dup(), dual * (1 - 1e-9));
                assertEquals(0, zero.normmaxNumber().doubleValue());
                assertTrue(other.normmaxNumber().doubleValue() > 0);
            }
        }
    }

    @Test
    protected void hessianProductAgreesWithDifferencesOfGradients() {
        INDArray codes = proximal().prox(targets(24), step());
        INDArray active = codes.neq(0).castTo(DataType.DOUBLE);
        INDArray direction = targets(25);
        INDArray change = direction.mul(active).muli(1e-6);
        INDArray expected = Nd4j.zeros(DataType.DOUBLE, BATCH, units());
        penalty().addGradient(codes.add(change), 0.5e6, expected);
        penalty().addGradient(codes.sub(change), -0.5e6, expected);
        INDArray product = targets(26);
        proximal().addHessianProduct(codes, direction, product);
        product.subi(targets(26));
        double size = Math.max(1, expected.normmaxNumber().doubleValue());
        assertEquals(0, Samples.distance(expected.mul(active), product), 1e-6 * size);
        assertEquals(0, product.mul(active.rsub(1)).normmaxNumber().doubleValue());
    }

    private BlockSeparable separable() {
        assumeTrue(penalty() instanceof BlockSeparable, "not a sum over blocks");
        return (BlockSeparable) penalty();
    }

    @Test
    protected void proximalOperatorsOfBlocksMakeTheWhole() {
        Groups blocks = separable().blocks(units());
        assertTrue(blocks.isPartition(), blocks + " is no partition");
        for (double t : steps()) {
            INDArray codes = targets(27);
            INDArray expected = separable().prox(codes.dup(), t);
            for (int i = 0; i < BATCH; i++) {
                double[] code = codes.getRow(i).toDoubleVector();
                proxOfBlocks(blocks, code, t);
                assertEquals(0, Samples.distance(expected.getRow(i, true), Nd4j.create(new double[][] {code})), 1e-14);
            }
        }
    }

    private void proxOfBlocks(Groups blocks, double[] code, double t) {
        double[] values = ordered(blocks, code);
        for (int b = 0; b < blocks.count(); b++) {
            separable().proxBlock(b, values, blocks.start(b) + 1, blocks.size(b), t);
        }
        for (int place = 0; place < units(); place++) {
            code[blocks.member(place)] = values[place + 1];
        }
    }

    @Test
    protected void valuesOfBlocksSumToTheValue() {
        Groups blocks = separable().blocks(units());
        INDArray codes = codes(28);
        double sum = 0;
        for (int b = 0; b < blocks.count(); b++) {
            INDArray alone = Nd4j.zeros(DataType.DOUBLE, BATCH, units());
            for (int place = blocks.start(b); place < blocks.start(b + 1); place++) {
                alone.putColumn(blocks.member(place), codes.getColumn(blocks.member(place)));
            }
            sum += penalty().value(alone);
        }
        assertEquals(penalty().value(codes), sum, 1e-12 * Math.max(1, sum));
    }

    @Test
    protected void distancesOfBlocksMakeTheWhole() {
        Groups blocks = separable().blocks(units());
        INDArray codes = separable().prox(targets(29), 0.5);
        INDArray points = targets(30);
        INDArray expected = separable().subdifferentialDistance(codes, points);
        for (int i = 0; i < BATCH; i++) {
            double[] code = ordered(blocks, codes.getRow(i).toDoubleVector());
            double[] kept = code.clone();
            double[] point = ordered(blocks, points.getRow(i).toDoubleVector());
            double squares = 0;
            for (int b = 0; b < blocks.count(); b++) {
                double distance = separable().blockDistance(b, code, point, blocks.start(b) + 1, blocks.size(b));
                squares += distance * distance;
            }
            assertEquals(expected.getDouble(i), Math.sqrt(squares), 1e-13 * Math.max(1, Math.sqrt(squares)));
            assertArrayEquals(kept, code);
        }
    }

    /** The units block by block, after one number that belongs to none. */
    private double[] ordered(Groups blocks, double[] units) {
        double[] values = new double[units() + 1];
        for (int place = 0; place < units(); place++) {
            values[place + 1] = units[blocks.member(place)];
        }
        return values;
    }

    @Test
    protected void blocksOfAnotherSizeAreRefused() {
        assumeTrue(separable().units() > 0, "takes codes of any size");
        String message = assertThrows(
                        IllegalArgumentException.class, () -> separable().blocks(units() + 1))
                .getMessage();
        assertEquals("units must be " + units() + ", got " + (units() + 1), message);
    }
}
