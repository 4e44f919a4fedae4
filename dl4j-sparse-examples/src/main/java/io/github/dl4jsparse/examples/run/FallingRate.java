package io.github.dl4jsparse.examples.run;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Learning rates that fall from epoch to epoch. */
public final class FallingRate {
    /** What a rate ends with, as a fraction of the first, where nothing speaks for another. */
    public static final double TWENTIETH = 0.05;

    private FallingRate() {}

    /**
     * Falls on a straight line.
     *
     * @param first  in the first epoch
     * @param last   in the last epoch, as a fraction of the first
     * @param epochs at least 1
     */
    public static ISchedule linear(double first, double last, int epochs) {
        MapSchedule.Builder schedule = new MapSchedule.Builder(ScheduleType.EPOCH);
        for (int epoch = 0; epoch < epochs; epoch++) {
            double done = epochs == 1 ? 0 : epoch / (epochs - 1.0);
            schedule.add(epoch, first * (1 - done * (1 - last)));
        }
        return schedule.build();
    }
}
