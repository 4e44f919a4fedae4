package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of an updater, constant or scheduled, times a constant factor for one parameter.
 * <p>\[ \eta_p(i, e) = f_p \, \eta(i, e) \]
 * where i is the iteration and e the epoch.
 *
 * @param updater whose learning rate is scaled. Not modified.
 * @param factor  f, finite and &gt;= 0; with 0 the parameter is not changed
 */
public record ScaledLearningRate(IUpdater updater, double factor) implements ISchedule {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the updater is missing, or the factor is not finite and &gt;= 0 */
    public ScaledLearningRate {
        Args.given("updater", updater);
        Args.nonNegative("learning-rate factor", factor);
    }

    /** Refuses factors of parameters that a layer does not have, and factors that are not finite and &gt;= 0. */
    public static void requireKnown(Map<String, Double> factors, List<String> parameters) {
        factors.forEach((parameter, factor) -> {
            if (parameter == null || !parameters.contains(parameter)) {
                throw Args.failure("learningRateFactor's parameter", "one of " + parameters, parameter);
            }
            Args.nonNegative("learningRateFactor of " + parameter, factor);
        });
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return factor * updater.getLearningRate(iteration, epoch);
    }

    @Override
    public ISchedule clone() {
        return new ScaledLearningRate(updater.clone(), factor);
    }

    /**
     * A copy of an updater with a scaled learning rate, constant or scheduled.
     *
     * @param updater Not modified.
     * @param factor  finite and &gt;= 0
     * @return a new updater, with a factor of 0 one that changes nothing and keeps no state; {@code updater} itself where the
     *         factor is 1, or not 0 and it has no learning rate
     */
    public static IUpdater of(IUpdater updater, double factor) {
        if (updater != null && factor == 0) {
            return new Sgd(0);
        }
        if (updater == null || factor == 1 || !updater.hasLearningRate()) {
            return updater;
        }
        IUpdater scaled = updater.clone();
        scaled.setLrAndSchedule(Double.NaN, new ScaledLearningRate(updater, factor));
        return scaled;
    }
}
