package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class SparseTreePenaltyTest extends PenaltyContract {
    private static final Tree TREE = Tree.ofParents(new int[] {3, 3, 0, -1, 0, -1});

    @Override
    protected Penalty penalty() {
        return new SparseTreePenalty(new L1Penalty(0.2), new TreePenalty(0.3, TREE));
    }

    @Override
    protected Penalty otherPenalty() {
        return new SparseTreePenalty(new L1Penalty(0.2), new TreePenalty(0.31, TREE));
    }

    @Override
    protected Penalty zeroPenalty() {
        return new SparseTreePenalty(new L1Penalty(0), new TreePenalty(0, TREE));
    }

    @Test
    void l1OnLeavesIsATreePenaltyWithLargerWeightsThere() {
        double[] l1 = {0, 0.5, 0.25, 0, 0.125, 1};
        double[] sums = {0.3, 0.8, 0.55, 0.3, 0.425, 1.3};
        INDArray codes = Samples.gaussian(1, 40, 6);
        INDArray expected = new TreePenalty(sums, TREE).prox(codes.dup(), 0.7);
        INDArray point = new SparseTreePenalty(new L1Penalty(l1), new TreePenalty(0.3, TREE)).prox(codes.dup(), 0.7);
        assertEquals(0, Samples.distance(expected, point), 1e-14);
    }
}
