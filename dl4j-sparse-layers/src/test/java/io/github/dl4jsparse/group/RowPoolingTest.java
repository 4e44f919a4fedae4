package io.github.dl4jsparse.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowPoolingTest {
    private static final int FROM = 3;
    private static final int TO = 2;

    static Stream<Groups> kinds() {
        return GroupsTest.kinds();
    }

    private static RowPooling[] ways(Groups groups) {
        return new RowPooling[] {
            RowPooling.of(groups),
            new RowPooling.OfLists(groups.units(), groups.offsets(), groups.members(), groups.weights())
        };
    }

    /** A code, or the numbers of groups, amidst other numbers. */
    private static double[] amidst(long seed, int count) {
        return Samples.gaussian(seed, FROM + count + 4).toDoubleVector();
    }

    private static double[] sevens(int count) {
        double[] result = new double[TO + count + 3];
        Arrays.fill(result, 7);
        return result;
    }

    private static void assertOthersAreSevens(double[] result, int count) {
        for (int i = 0; i < result.length; i++) {
            if (i < TO || i >= TO + count) {
                assertEquals(7, result[i], "outside, at " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void poolIsTheWeightMatrix(Groups groups) {
        double[][] matrix = GroupsTest.dense(groups);
        double[] from = amidst(1, groups.units());
        for (RowPooling way : ways(groups)) {
            double[] result = sevens(groups.count());
            way.pool(from, FROM, result, TO);
            for (int g = 0; g < groups.count(); g++) {
                double sum = 0;
                for (int j = 0; j < groups.units(); j++) {
                    sum += matrix[g][j] * from[FROM + j];
                }
                assertEquals(sum, result[TO + g], 1e-12);
            }
            assertOthersAreSevens(result, groups.count());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void spreadIsItsTranspose(Groups groups) {
        double[][] matrix = GroupsTest.dense(groups);
        double[] from = amidst(2, groups.count());
        for (RowPooling way : ways(groups)) {
            double[] result = sevens(groups.units());
            way.poolAdjoint(from, FROM, result, TO);
            for (int j = 0; j < groups.units(); j++) {
                double sum = 0;
                for (int g = 0; g < groups.count(); g++) {
                    sum += matrix[g][j] * from[FROM + g];
                }
                assertEquals(sum, result[TO + j], 1e-12);
            }
            assertOthersAreSevens(result, groups.units());
        }
    }
}
