package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.math.Shrinkage;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sum of the magnitudes of all units.
 * <p>\[ \lambda \lVert z \rVert_1, \qquad \mathrm{prox}_t(v) = \mathrm{sign}(v) \max(0, |v| - t \lambda) \]
 * where lambda is the weight. The gradient at a zero unit is 0, the sub-gradient of smallest norm.
 * <p>Shapes: {@code z: [batch, nCode]}.
 * <p>Reference: Tibshirani, Regression shrinkage and selection via the lasso, JRSS-B 58, 1996.
 *
 * @param weight lambda, finite and &gt;= 0, in units of squared error per unit of code
 */
public record L1Penalty(@JsonProperty("weight") double weight) implements BlockSeparable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the weight is negative or not finite */
    @JsonCreator
    public L1Penalty {
        Args.nonNegative("L1 weight", weight);
    }

    @Override
    public double value(INDArray code) {
        return weight * code.norm1Number().doubleValue();
    }

    @Override
    public INDArray values(INDArray code) {
        return code.norm1(true, 1).muli(weight);
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        gradient.addi(Transforms.sign(code, true).muli(scale * weight));
    }

    @Override
    public INDArray prox(INDArray code, double step) {
        double threshold = Args.nonNegative("step", step) * weight;
        INDArray spread = Nd4j.valueArrayOf(code.shape(), threshold, code.dataType());
        Shrinkage.SOFT.shrink(code, spread, code, code.ulike());
        return code;
    }

    @Override
    public INDArray subdifferentialDistance(INDArray code, INDArray point) {
        INDArray sign = Transforms.sign(code, true);
        INDArray active = Transforms.abs(sign, true);
        INDArray onActive = point.sub(sign.muli(weight)).muli(active);
        INDArray onZero = Transforms.max(Transforms.abs(point, true).subi(weight), 0, false);
        return onZero.muli(active.rsub(1)).addi(onActive).norm2(true, 1);
    }

    @Override
    public Optional<INDArray> dualNorms(INDArray point) {
        return weight > 0 ? Optional.of(point.normmax(true, 1).divi(weight)) : Optional.empty();
    }

    @Override
    public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
        // the L1 norm is flat on its active units
    }

    @Override
    public Groups blocks(int units) {
        return Groups.blocks(units, 1);
    }

    @Override
    public void proxBlock(int block, double[] values, int from, int size, double step) {
        double value = values[from];
        values[from] = Math.signum(value) * Math.max(0, Math.abs(value) - step * weight);
    }

    @Override
    public double shrinkageThreshold() {
        return weight;
    }
}
