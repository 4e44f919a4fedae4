package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Rows;
import java.util.Map;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One threshold for each unit: {@link ThresholdSchedule#perUnit} and {@link ThresholdSchedule#perUnitAndStep}.
 * <p>Parameter: {@link ListaConf#THRESHOLD} {@code [1, n]}, or {@code [K, n]} where every step has its own.
 */
@Getter
@EqualsAndHashCode(callSuper = false)
@ToString
@NoArgsConstructor(access = AccessLevel.PRIVATE)
final class UnitThresholds extends ThresholdSchedule {
    private static final long serialVersionUID = 1;

    @JsonProperty
    private boolean ofSteps;

    UnitThresholds(boolean ofSteps) {
        this.ofSteps = ofSteps;
    }

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        if (shape.thresholds() > 0) {
            long rows = shape.untied() || ofSteps ? shape.steps() : 1;
            shapes.put(ListaConf.THRESHOLD, new long[] {rows, shape.thresholds()});
        }
    }

    @Override
    boolean isOfUnits() {
        return true;
    }

    @Override
    void start(ListaConf conf, Map<String, INDArray> params, double step) {
        INDArray own = params.get(ListaConf.THRESHOLD);
        if (own != null) {
            double[] each = EncoderChoices.startThresholds(conf, step);
            StartValues.eachStep(
                    own, Nd4j.createFromArray(each).reshape(1, each.length).castTo(own.dataType()));
        }
    }

    @Override
    double[][] thresholds(ListaConf conf, Map<String, INDArray> params) {
        INDArray own = params.get(ListaConf.THRESHOLD);
        if (own == null) {
            return new double[1][0];
        }
        double[][] rows = new double[(int) own.size(0)][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = HostArrays.doubles(Rows.block(own, t, 1));
        }
        return rows;
    }

    @Override
    double[][] gradient(ListaConf conf, double[][] gradients, double[] slopes) {
        boolean shared = !ofSteps && !(conf.isUntied() && conf.getIterations() > 1);
        if (!shared || gradients.length == 1) {
            return gradients;
        }
        double[] sum = new double[gradients[0].length];
        for (int t = gradients.length - 1; t >= 0; t--) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradients[t][i];
            }
        }
        return new double[][] {sum};
    }
}
