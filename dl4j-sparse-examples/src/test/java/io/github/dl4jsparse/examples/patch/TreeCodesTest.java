package io.github.dl4jsparse.examples.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dl4jsparse.group.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class TreeCodesTest {
    /** 0 over 1 and 2, 1 over 3. */
    private static final Tree TREE = Tree.ofParents(new int[] {-1, 0, 0, 1});

    @Test
    void selectivityIsZeroOfAConstantUnitAndOneOfARareOne() {
        List<Double> selectivity = new TreeCodes(
                        TREE, Nd4j.create(new float[][] {{2, 1, 0, 0}, {-2, 0, 0, 0}, {2, -1, 5, 0}, {2, 0, 0, 0}}))
                .selectivityByDepth();
        assertEquals(0, selectivity.get(0), 1e-12);
        // of unit 1: (1 - (1/2)^2 / (1/2)) / (3/4) = 2/3, of unit 2: 1
        assertEquals((2.0 / 3 + 1) / 2, selectivity.get(1), 1e-12);
        assertNull(selectivity.get(2), "never active");
    }

    @Test
    void chainsAreCountedFromTheRoot() {
        // all on one path; two of three; one unit alone does not count; one of two
        float[][] codes = {{1, 1, 0, 1}, {1, 1, 1, 0}, {0, 0, 1, 0}, {0, 0, 1, 1}};
        assertEquals((1 + 2.0 / 3 + 0.5) / 3, new TreeCodes(TREE, Nd4j.create(codes)).chainFraction(), 1e-12);
        assertEquals(Double.NaN, new TreeCodes(TREE, Nd4j.create(new float[][] {{1, 0, 0, 0}})).chainFraction());
    }
}
