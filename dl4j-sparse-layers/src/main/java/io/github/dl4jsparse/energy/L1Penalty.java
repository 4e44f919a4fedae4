package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.math.Shrinkage;
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
public record L1Penalty(@JsonProperty("weight") double weight) implements Proximal {
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
    public double shrinkageThreshold() {
        return weight;
    }
}
