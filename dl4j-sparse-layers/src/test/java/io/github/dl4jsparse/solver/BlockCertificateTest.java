package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.BlockSeparable;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Penalties without a dual norm: a row's certificate is the certifier's own, so that one solution is enough. */
class BlockCertificateTest {
    private static final int UNITS = 60;
    private static final INDArray DICTIONARY =
            Samples.gaussian(1, 25, UNITS).castTo(DataType.DOUBLE).div(5);
    private static final INDArray INPUT = Samples.gaussian(2, 8, 25).castTo(DataType.DOUBLE);

    static Stream<BlockSeparable> penalties() {
        double[] some = new double[UNITS];
        Arrays.setAll(some, i -> i % 7 == 0 ? 0 : 0.3);
        int[][] members = new int[18][];
        Arrays.setAll(members, g -> new int[] {3 * g, 3 * g + 1, 3 * g + 2});
        Groups triples = Groups.of(UNITS, members);
        L1Penalty weights = new L1Penalty(some);
        return Stream.of(
                weights,
                weights.asNonNegative(),
                new GroupL2Penalty(0.3, triples),
                new SparseGroupPenalty(weights, new GroupL2Penalty(0.2, triples)),
                new SparseGroupPenalty(weights.asNonNegative(), new GroupL2Penalty(0.2, triples)));
    }

    /** The certificate by its definition, of one example. */
    private static double distance(BlockSeparable penalty, INDArray input, INDArray code) {
        INDArray slope = input.sub(code.mmul(DICTIONARY.transpose())).mmul(DICTIONARY);
        return penalty.subdifferentialDistance(code, slope).getDouble(0) / Norms.of(input.mmul(DICTIONARY));
    }

    private static BlockSeparable counting(BlockSeparable penalty, AtomicInteger updates) {
        return (BlockSeparable) Proxy.newProxyInstance(
                BlockSeparable.class.getClassLoader(),
                new Class<?>[] {BlockSeparable.class},
                (proxy, method, arguments) -> {
                    updates.addAndGet("proxBlock".equals(method.getName()) ? 1 : 0);
                    return method.invoke(penalty, arguments);
                });
    }

    @ParameterizedTest
    @MethodSource("penalties")
    void stopsInTheRoundInWhichTheCertifiersMeasureIsReached(BlockSeparable penalty) {
        for (int row = 0; row < INPUT.rows(); row++) {
            INDArray input = INPUT.getRow(row, true).dup('c');
            for (double tolerance : new double[] {1e-2, 1e-4, 1e-8}) {
                AtomicInteger updates = new AtomicInteger();
                Energy energy = new Energy(new DenseOperator(DICTIONARY), counting(penalty, updates));
                Solution solution = new CoordinateDescent(1000, tolerance)
                        .solve(energy, input)
                        .requireConverged();
                int all = updates.getAndSet(0);
                double expected = distance(penalty, input, solution.code());
                assertEquals(expected, solution.worst(), 1e-13 + 1e-9 * expected, penalty.toString());
                int rounds = solution.iterations();
                assertEquals(
                        solution.code(),
                        new CoordinateDescent(rounds, tolerance)
                                .solve(energy, input)
                                .code());
                assertEquals(all, updates.getAndSet(0));
                Solution before =
                        rounds == 1 ? null : new CoordinateDescent(rounds - 1, tolerance).solve(energy, input);
                if (before != null) {
                    assertTrue(distance(penalty, input, before.code()) > tolerance, before + " would have done");
                    assertTrue(updates.get() < all, updates + " of " + all);
                }
            }
        }
    }
}
