package io.github.dl4jsparse.shrinkage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.PolishedProx;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.SparseTreePenalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ShrinkageContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ProximalShrinkageTest {
    private static final Groups GROUPS = Groups.of(6, new int[][] {{4, 0}, {1, 3}});

    /** Not numbered from the root, and a second root. */
    private static final Tree TREE = Tree.ofParents(new int[] {3, 3, 0, -1, 0, -1});

    /** The contract for one penalty. */
    abstract static class Kind extends ShrinkageContract {
        @Override
        protected abstract Proximal penalty();

        @Override
        protected Shrinkage shrinkage() {
            return new ProximalShrinkage(penalty());
        }

        @Override
        protected Shrinkage otherShrinkage() {
            return new ProximalShrinkage(new L1Penalty(0.123));
        }
    }

    @Nested
    class OfL1 extends Kind {
        @Override
        protected Proximal penalty() {
            return new L1Penalty(new double[] {0.5, 0.2, 1, 0.7, 0.4, 0.9});
        }
    }

    @Nested
    class OfNonNegativeL1 extends Kind {
        @Override
        protected Proximal penalty() {
            return new L1Penalty(0.8).asNonNegative();
        }
    }

    @Nested
    class OfGroups extends Kind {
        @Override
        protected Proximal penalty() {
            return new GroupL2Penalty(1.2, GROUPS);
        }
    }

    @Nested
    class OfSparseGroups extends Kind {
        @Override
        protected Proximal penalty() {
            return new SparseGroupPenalty(0.4, 0.6, GROUPS);
        }

        /** Units that the L1 norm makes zero inside an active group give nothing back; others of the group do. */
        @Test
        void zeroUnitOfAnActiveGroupGivesNothingBack() {
            double[] v = {0.1, 0, 0, 0, 3, 0};
            double[] code = v.clone();
            shrinkage().shrink(0, code, new double[] {1});
            assertTrue(code[0] == 0 && code[4] > 0);
            double[] gradient = {5, 5, 5, 5, 5, 5};
            shrinkage().backward(0, v, code, new double[] {1}, gradient, new double[1]);
            assertEquals(0, gradient[0]);
            assertEquals(5, gradient[4], 1e-12);
        }
    }

    @Nested
    class OfTree extends Kind {
        @Override
        protected Proximal penalty() {
            return new TreePenalty(new double[] {0.5, 0.2, 0, 0.7, 1, 0.4}, TREE);
        }

        @Override
        protected int[] kept() {
            return new int[] {0, 2, 3, 5};
        }
    }

    @Nested
    class OfSparseTree extends Kind {
        @Override
        protected Proximal penalty() {
            return new SparseTreePenalty(new L1Penalty(0.3), new TreePenalty(0.3, TREE));
        }
    }

    @Nested
    class OfOverlappingGroups extends Kind {
        @Override
        protected Proximal penalty() {
            return new OverlappingGroupPenalty(0.9, Groups.ring(6, Window.of(3).stride(2)), 1e-13);
        }

        @Override
        protected double[] shrunk(double[] v, double[] thresholds) {
            return PolishedProx.of((OverlappingGroupPenalty) penalty(), v, thresholds[0]);
        }

        @Override
        protected double certificateTolerance() {
            return 1e-4;
        }

        @Override
        protected double restrictedTolerance() {
            return 1e-5;
        }
    }

    @Nested
    class OfTopK extends Kind {
        @Override
        protected Proximal penalty() {
            return new TopKPenalty(2);
        }
    }

    @Test
    void noChildIsActiveWithoutItsParent() {
        Tree tree = Tree.branching(3, 2, 2);
        Shrinkage shrinkage = new ProximalShrinkage(new TreePenalty(0.6, tree));
        int zeros = 0;
        int active = 0;
        for (long seed = 1; seed <= 100; seed++) {
            double[] code = Samples.gaussian(seed, 1, tree.size()).toDoubleVector();
            shrinkage.shrink(0, code, new double[] {0.9});
            for (int node = 0; node < code.length; node++) {
                int parent = tree.parent(node);
                assertTrue(code[node] == 0 || parent < 0 || code[parent] != 0, "node " + node + ", seed " + seed);
                zeros += code[node] == 0 ? 1 : 0;
                active += code[node] == 0 ? 0 : 1;
            }
        }
        assertTrue(zeros > 100 && active > 100, zeros + " zeros, " + active + " active");
    }

    @Test
    void groupsAreThoseOfBlockShrinkage() {
        double[] v = {0.3, 2, -1, -0.5, 0.9, 0.1};
        double[] code = v.clone();
        double[] blocks = v.clone();
        new ProximalShrinkage(new GroupL2Penalty(0.8, GROUPS)).shrink(0, code, new double[] {0.5});
        new GroupShrinkage(GROUPS).shrink(0, blocks, new double[] {0.4, 0.4});
        assertArrayEquals(blocks, code, 1e-15);
    }

    /** A proximal penalty without a derivative of its operator. */
    private record Plain() implements Proximal {
        @Override
        public INDArray prox(INDArray code, double step) {
            return code;
        }

        @Override
        public INDArray subdifferentialDistance(INDArray code, INDArray point) {
            return point;
        }

        @Override
        public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
            // flat
        }

        @Override
        public INDArray values(INDArray code) {
            return code;
        }

        @Override
        public void addGradient(INDArray code, double scale, INDArray gradient) {
            // flat
        }
    }

    @Test
    void penaltyWithoutADerivativeIsRefusedWithTheWayOut() {
        Penalty plain = new Plain();
        String message = assertThrows(IllegalArgumentException.class, () -> new ProximalShrinkage((Proximal) plain))
                .getMessage();
        assertTrue(message.contains("RowPenalty") && message.contains("Plain"), message);
        assertThrows(IllegalArgumentException.class, () -> new ProximalShrinkage(null));
    }
}
