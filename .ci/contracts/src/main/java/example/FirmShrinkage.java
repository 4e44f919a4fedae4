package example;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Firm thresholding (Gao and Bruce 1997): zero up to the threshold, the drive itself from {@code ratio} thresholds on. */
public record FirmShrinkage(@JsonProperty("ratio") double ratio) implements Shrinkage {
    @JsonCreator
    public FirmShrinkage {
        if (!(ratio > 1 && ratio < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("ratio must be finite and > 1, got " + ratio);
        }
    }

    @Override
    public double[] startThresholds(int units, double step, Penalty penalty) {
        return Shrinkage.unitThresholds(thresholds(units), step, penalty);
    }

    @Override
    public boolean needsDrive() {
        return true;
    }

    @Override
    public void shrink(int step, double[] v, double[] thresholds) {
        for (int i = 0; i < v.length; i++) {
            double size = Math.abs(v[i]);
            if (size <= thresholds[i]) {
                v[i] = 0;
            } else if (size < ratio * thresholds[i]) {
                v[i] = Math.signum(v[i]) * ratio * (size - thresholds[i]) / (ratio - 1);
            }
        }
    }

    @Override
    public void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        for (int i = 0; i < v.length; i++) {
            double size = Math.abs(v[i]);
            if (size <= thresholds[i]) {
                gradient[i] = 0;
            } else if (size < ratio * thresholds[i]) {
                gradient[i] *= ratio / (ratio - 1);
                thresholdGradient[i] -= Math.signum(v[i]) * gradient[i];
            }
        }
    }
}
