package example;

import io.github.dl4jsparse.energy.RowPenalty;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The elastic net, {@code sum l1 |z_i| + l2 / 2 z_i^2} (Zou and Hastie 2005). */
public record ElasticNet(@JsonProperty("l1") double l1, @JsonProperty("l2") double l2) implements RowPenalty {
    @JsonCreator
    public ElasticNet {
        if (!(l1 >= 0 && l2 >= 0 && l1 + l2 < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("l1 and l2 must be finite and >= 0, got " + l1 + " and " + l2);
        }
    }

    @Override
    public double valueOf(double[] code) {
        double sum = 0;
        for (double z : code) {
            sum += l1 * Math.abs(z) + l2 / 2 * z * z;
        }
        return sum;
    }

    @Override
    public void gradientOf(double[] code, double[] gradient) {
        for (int i = 0; i < code.length; i++) {
            gradient[i] = l1 * Math.signum(code[i]) + l2 * code[i];
        }
    }

    @Override
    public void hessianProductOf(double[] code, double[] direction, double[] result) {
        for (int i = 0; i < code.length; i++) {
            result[i] = l2 * direction[i];
        }
    }

    @Override
    public void proxOf(double[] code, double step) {
        for (int i = 0; i < code.length; i++) {
            code[i] = soft(code[i], step * l1) / (1 + step * l2);
        }
    }

    @Override
    public void proxOfKinks(double[] code, double[] point) {
        for (int i = 0; i < code.length; i++) {
            point[i] = code[i] == 0 ? soft(point[i], l1) : point[i];
        }
    }

    private static double soft(double v, double threshold) {
        return Math.abs(v) <= threshold ? 0 : v - Math.signum(v) * threshold;
    }
}
