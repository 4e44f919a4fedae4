package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that rises linearly over the first iterations and is constant afterwards.
 * <p>\[ r_t = r \min\left(1, \frac{t + 1}{n}\right), \qquad t = 0, 1, \dots \]
 * where r is the rate and n the number of iterations of the rise. At first, the moments of Adam are estimates from few
 * gradients: full steps along them can move thresholds so far that units die.
 * <p>Errors: {@link IllegalArgumentException} for a rate that is not finite and &gt; 0, or fewer than 1 iterations.
 *
 * @param rate       r, finite and &gt; 0
 * @param iterations n, at least 1
 */
public record WarmUpSchedule(@JsonProperty("rate") double rate, @JsonProperty("iterations") int iterations)
        implements ISchedule {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public WarmUpSchedule {
        Args.positive("rate", rate);
        Args.atLeast("iterations", iterations, 1);
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return rate * share(iteration, iterations);
    }

    /** The fraction of the full step in an iteration, from 0. */
    static double share(int iteration, int iterations) {
        return Math.min(1, (iteration + 1.0) / iterations);
    }

    @Override
    public ISchedule clone() {
        return this;
    }
}
