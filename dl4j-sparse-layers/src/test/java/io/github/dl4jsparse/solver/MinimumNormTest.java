package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.UnitVectors;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MinimumNormTest {
    private static final int UNITS = 7;
    private static final INDArray X = Samples.gaussian(2, 1, 5);

    /** Atoms 0 and 1 differ by this. */
    private static INDArray dictionary(double apart) {
        INDArray d = UnitVectors.columns(Samples.gaussian(1, 5, UNITS));
        INDArray twin = d.getColumn(0).dup().addi(Samples.gaussian(9, 5).muli(apart));
        d.putColumn(1, twin);
        return d;
    }

    private static INDArray product(INDArray d, Proximal penalty, INDArray code, INDArray u) {
        INDArray product = u.mmul(d.transpose()).mmul(d);
        penalty.addHessianProduct(code, u, product);
        return product.muli(code.neq(0).castTo(DataType.DOUBLE));
    }

    /**
     * The two properties that no other vector has: what is left of g is in no direction that the matrix reaches, {@code M (g - M u) = 0},
     * and u has no part along the twins' difference, which the matrix maps to zero.
     */
    private static void assertLeastSquaresOfSmallestNorm(Proximal penalty, INDArray code, DataType type) {
        INDArray d = dictionary(0);
        INDArray g = Samples.gaussian(5, 1, UNITS).muli(code.neq(0).castTo(DataType.DOUBLE));
        Energy energy = new Energy(new DenseOperator(d.castTo(type)), penalty);
        INDArray u = ImplicitDifferentiation.solve(energy, X.castTo(type), code.castTo(type), g.castTo(type))
                .castTo(DataType.DOUBLE);
        double tolerance = type == DataType.DOUBLE ? 1e-9 : 1e-4;
        INDArray left = g.sub(product(d, penalty, code, u));
        assertTrue(left.norm2Number().doubleValue() > 0.1, "the system has a solution and tells nothing");
        assertEquals(0, product(d, penalty, code, left).norm2Number().doubleValue(), tolerance);
        assertEquals(u.getDouble(0), u.getDouble(1), tolerance);
        assertTrue(u.amaxNumber().doubleValue() < 100, u.toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void twinAtoms(DataType type) {
        INDArray code = Nd4j.create(new double[][] {{0.4, 0.4, -0.3, 0, 0.2, 0, 0}});
        assertLeastSquaresOfSmallestNorm(new L1Penalty(0.1), code, type);
    }

    /** Twins in a group curve by the group's norm, unless each is a group of its own. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void twinAtomsOfSeparateGroups(DataType type) {
        INDArray code = Nd4j.create(new double[][] {{0.4, 0.4, -0.3, 0.1, 0.2, 0, 0}});
        Groups groups = Groups.of(UNITS, new int[][] {{0}, {1}, {2, 3}, {4, 5, 6}});
        assertLeastSquaresOfSmallestNorm(new GroupL2Penalty(0.1, groups), code, type);
    }

    @Test
    void twinAtomsOfOneGroupHaveASolution() {
        INDArray code = Nd4j.create(new double[][] {{0.4, 0.4, -0.3, 0.1, 0, 0, 0}});
        Groups groups = Groups.of(UNITS, new int[][] {{0, 1}, {2, 3}, {4, 5, 6}});
        GroupL2Penalty penalty = new GroupL2Penalty(0.1, groups);
        INDArray d = dictionary(0);
        INDArray g = Samples.gaussian(5, 1, UNITS).muli(code.neq(0).castTo(DataType.DOUBLE));
        Energy energy = new Energy(new DenseOperator(d), penalty);
        INDArray u = ImplicitDifferentiation.solve(energy, X, code, g);
        assertEquals(0, Samples.distance(g, product(d, penalty, code, u)), 1e-9);
    }

    /** Whole groups that are equal: each active block has one direction in which nothing curves. */
    @Test
    void twinGroups() {
        INDArray half = UnitVectors.columns(Samples.gaussian(1, 5, 2));
        INDArray d = Nd4j.hstack(half, half);
        Groups groups = Groups.of(4, new int[][] {{0, 1}, {2, 3}});
        Energy energy = new Energy(new DenseOperator(d), new GroupL2Penalty(0.1, groups));
        INDArray code = Nd4j.create(new double[][] {{0.3, -0.2, 0.3, -0.2}});
        INDArray g = Nd4j.create(new double[][] {{1, 2, -1, 0.5}});
        INDArray u = ImplicitDifferentiation.solve(energy, X, code, g);
        // along (z, -z) both the products and the Hessian are zero
        assertEquals(0, Samples.dot(u, Nd4j.create(new double[][] {{0.3, -0.2, -0.3, 0.2}})), 1e-9);
        assertTrue(u.amaxNumber().doubleValue() < 1e3, u.toString());
    }

    /** Atoms that are near to each other, but not equal: the gradient is large and right. */
    @ParameterizedTest
    @CsvSource({"0.3", "0.1", "0.03"})
    void nearTwinsAgreeWithFiniteDifferences(double apart) {
        INDArray d = dictionary(apart);
        L1Penalty penalty = new L1Penalty(1e-3);
        INDArray wanted = Nd4j.create(new double[][] {{0.9, 0.7, -0.8, 0, 0, 0, 0}});
        INDArray x = wanted.mmul(d.transpose());
        INDArray g = Samples.gaussian(5, 1, UNITS);
        CoordinateDescent solver = new CoordinateDescent(100_000, 1e-15);
        Energy energy = new Energy(new DenseOperator(d), penalty);
        INDArray code = solver.solve(energy, x).code();
        assertTrue(code.getDouble(0) > 0 && code.getDouble(1) > 0, "twins are not both active: " + code);
        INDArray u = ImplicitDifferentiation.solve(energy, x, code, g);
        INDArray direction = Samples.gaussian(6, 1, 5);
        double h = 1e-6;
        double above =
                Samples.dot(g, solver.solve(energy, x.add(direction.mul(h))).code());
        double below =
                Samples.dot(g, solver.solve(energy, x.sub(direction.mul(h))).code());
        double expected = (above - below) / (2 * h);
        double actual = Samples.dot(u.mmul(d.transpose()), direction);
        assertEquals(expected, actual, 1e-3 * Math.abs(expected));
    }

    /** The scale of the loss does not matter, where its squares would over- or underflow too. */
    @ParameterizedTest
    @CsvSource({"FLOAT,1e-25", "FLOAT,1e25", "DOUBLE,1e-200"})
    void gradientsOfAnyMagnitude(DataType type, double scale) {
        Energy energy = new Energy(new DenseOperator(dictionary(1).castTo(type)), new L1Penalty(0.1));
        INDArray code =
                Nd4j.create(new double[][] {{0.4, 0.4, -0.3, 0, 0.2, 0, 0}}).castTo(type);
        INDArray g = Samples.gaussian(5, 1, UNITS);
        INDArray one = ImplicitDifferentiation.solve(energy, X.castTo(type), code, g.castTo(type));
        INDArray scaled = ImplicitDifferentiation.solve(
                energy, X.castTo(type), code, g.mul(scale).castTo(type));
        assertTrue(one.amaxNumber().doubleValue() > 0.1);
        assertEquals(0, Samples.distance(one, scaled.castTo(DataType.DOUBLE).div(scale)), 1e-4);
    }
}
