package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.group.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Structured penalties of a batch of codes: value with gradient, as training needs them, and the proximal point. */
public class PenaltyBenchmark extends ThreadedBenchmark {
    private static final int BATCH = 256;
    private static final int UNITS = 1024;
    private static final double WEIGHT = 0.1;
    private static final double SMOOTHING = 1e-3;

    /** Groups of four; smoothed overlapping windows of 5x5 on a map of 32x32; a tree of three levels with 1,023 nodes. */
    @Param({"penalty-groups", "penalty-windows", "penalty-tree"})
    public String size;

    private Penalty penalty;
    private INDArray code;
    private INDArray point;
    private INDArray gradient;

    /** Penalty and codes. */
    @Setup
    public void prepare() {
        penalty = penalty();
        Nd4j.getRandom().setSeed(1);
        code = Nd4j.randn(DataType.FLOAT, BATCH, penalty.units() == 0 ? UNITS : penalty.units());
        point = code.ulike();
        gradient = code.ulike();
    }

    private Penalty penalty() {
        return switch (size) {
            case "penalty-groups" -> new GroupL2Penalty(WEIGHT, Groups.blocks(UNITS, 4));
            case "penalty-windows" -> new SmoothedGroupPenalty(WEIGHT, Groups.torus(32, 32, Window.of(5)), SMOOTHING);
            default -> new TreePenalty(WEIGHT, Tree.branching(11, 8, 9));
        };
    }

    /** Values and gradient. */
    @Benchmark
    public INDArray valueAndGradient() {
        penalty.addGradient(code, 1, gradient);
        return penalty.values(code);
    }

    /** Proximal points, and the copy of the codes that they overwrite; of a penalty without them the gradient alone. */
    @Benchmark
    public INDArray prox() {
        if (penalty instanceof Proximal proximal) {
            return proximal.prox(point.assign(code), 1);
        }
        penalty.addGradient(code, 1, gradient);
        return gradient;
    }
}
