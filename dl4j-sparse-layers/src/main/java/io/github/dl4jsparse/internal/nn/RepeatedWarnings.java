package io.github.dl4jsparse.internal.nn;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets one of several threads give a warning: workers that train copies of one network meet the same fault at about the same time.
 * <p>A warning of one thread is held back from all others for ten minutes; the same thread may repeat it, as where one network
 * after the other is trained.
 */
final class RepeatedWarnings {
    /** Of this Java virtual machine: the copies of a network have no other thing in common. */
    static final RepeatedWarnings SHARED = new RepeatedWarnings(System::nanoTime);

    private static final long HOLD = TimeUnit.MINUTES.toNanos(10);

    private record Given(long thread, long at) {}

    private final Map<String, Given> given = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    /** @param clock in nanoseconds */
    RepeatedWarnings(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Whether this thread may give a warning now. If so, others may not.
     *
     * @param warning what is the same for all copies of a network
     */
    boolean allow(String warning) {
        long now = clock.getAsLong();
        given.values().removeIf(old -> now - old.at() >= HOLD);
        Given mine = new Given(Thread.currentThread().getId(), now);
        return given.merge(warning, mine, (old, mineToo) -> old.thread() == mine.thread() ? mineToo : old) == mine;
    }
}
