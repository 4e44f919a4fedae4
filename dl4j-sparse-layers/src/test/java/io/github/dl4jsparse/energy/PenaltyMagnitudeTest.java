package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Penalties that are norms satisfy the laws of a norm at magnitudes whose squares over- or underflow. */
class PenaltyMagnitudeTest {
    private static final int UNITS = 6;

    static Stream<Arguments> cases() {
        Groups overlapping = Groups.of(UNITS, new int[][] {{0, 1, 2}, {2, 3, 4}, {4, 5}});
        return Stream.of(
                        new L1Penalty(0.3),
                        new GroupL2Penalty(0.3, Groups.blocks(UNITS, 3)),
                        new SparseGroupPenalty(0.2, 0.3, Groups.blocks(UNITS, 3)),
                        new TreePenalty(0.2, Tree.ofParents(new int[] {3, 3, 0, -1, 0, -1})),
                        new OverlappingGroupPenalty(0.2, overlapping))
                .flatMap(penalty -> Stream.of(
                        Arguments.of(penalty, DataType.FLOAT, 1e-25),
                        Arguments.of(penalty, DataType.FLOAT, 1e25),
                        Arguments.of(penalty, DataType.DOUBLE, 1e-200),
                        Arguments.of(penalty, DataType.DOUBLE, 1e200)));
    }

    private static void assertScaled(INDArray one, INDArray scaled, double scale, DataType type) {
        double half = Math.sqrt(scale);
        INDArray back = scaled.castTo(DataType.DOUBLE).div(half).divi(half);
        double size = one.amaxNumber().doubleValue();
        assertEquals(0, Samples.distance(one, back), (type == DataType.FLOAT ? 1e-5 : 1e-7) * Math.max(0.1, size));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueProxAndDualNormScale(Proximal penalty, DataType type, double scale) {
        INDArray z = Samples.gaussian(type, 1, 3, UNITS).castTo(DataType.DOUBLE);
        INDArray scaled = z.mul(scale).castTo(type);
        assertScaled(penalty.values(z), penalty.values(scaled), scale, type);
        if (penalty.dualNorms(z).isPresent()) {
            assertScaled(
                    penalty.dualNorms(z).orElseThrow(),
                    penalty.dualNorms(scaled).orElseThrow(),
                    scale,
                    type);
        }
        assertScaled(penalty.prox(z.dup(), 0.7), penalty.prox(scaled.dup(), 0.7 * scale), scale, type);
        INDArray gradient = z.ulike().assign(0);
        INDArray ofScaled = scaled.ulike().assign(0);
        penalty.addGradient(z, 1, gradient);
        penalty.addGradient(scaled, 1, ofScaled);
        assertScaled(gradient, ofScaled, 1, type);
    }

    /** The Hessian falls as the code grows. */
    @ParameterizedTest
    @MethodSource("cases")
    void hessianProductScales(Proximal penalty, DataType type, double scale) {
        INDArray z = Samples.gaussian(type, 1, 3, UNITS).castTo(DataType.DOUBLE);
        INDArray direction = Samples.gaussian(type, 2, 3, UNITS).castTo(DataType.DOUBLE);
        INDArray one = z.ulike().assign(0);
        INDArray scaled = z.ulike().assign(0).castTo(type);
        penalty.addHessianProduct(z, direction, one);
        penalty.addHessianProduct(z.mul(scale).castTo(type), direction.castTo(type), scaled);
        assertScaled(one, scaled, 1 / scale, type);
    }

    /** The Jacobian is that of a function which scales as its argument does. */
    @ParameterizedTest
    @MethodSource("cases")
    void adjointDoesNotDependOnTheMagnitude(DifferentiableProximal penalty, DataType type, double scale) {
        for (double size : type == DataType.FLOAT ? new double[] {scale} : new double[] {scale, 1 / scale}) {
            double[] v = Samples.gaussian(3, 1, UNITS).toDoubleVector();
            double[] z = v.clone();
            penalty.proxOf(z, 0.7);
            double[] gradient = Samples.gaussian(4, 1, UNITS).toDoubleVector();
            double[] ofScaled = gradient.clone();
            double byStep = penalty.proxAdjointOf(v, z, 0.7, gradient);
            double byScaledStep = penalty.proxAdjointOf(scaled(v, size), scaled(z, size), 0.7 * size, ofScaled);
            assertArrayEquals(gradient, ofScaled, 1e-9);
            assertEquals(byStep, byScaledStep, 1e-9);
            double[] large = scaled(Samples.gaussian(4, 1, UNITS).toDoubleVector(), size);
            assertEquals(byStep, penalty.proxAdjointOf(v, z, 0.7, large) / size, 1e-9);
            assertArrayEquals(gradient, scaled(large, 1 / size), 1e-9);
        }
    }

    private static double[] scaled(double[] values, double scale) {
        return Arrays.stream(values).map(value -> value * scale).toArray();
    }
}
