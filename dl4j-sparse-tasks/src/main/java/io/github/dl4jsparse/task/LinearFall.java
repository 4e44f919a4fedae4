package io.github.dl4jsparse.task;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * A rate that falls from update to update on a straight line, {@code rate (1 - i / updates)}, and is zero after the
 * last. The polynomial schedule of DL4J 1.0.0-M2.1 rises instead, {@code rate (1 + i / updates)}.
 *
 * @param rate    of the first update
 * @param updates at least 1
 */
public record LinearFall(double rate, int updates) implements ISchedule {
    @Override
    public double valueAt(int iteration, int epoch) {
        return rate * Math.max(0, 1 - (double) iteration / updates);
    }

    @Override
    public ISchedule clone() {
        return this;
    }
}
