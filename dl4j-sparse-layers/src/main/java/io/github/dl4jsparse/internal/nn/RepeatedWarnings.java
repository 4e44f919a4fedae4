package io.github.dl4jsparse.internal.nn;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Suppresses duplicates of a warning from several threads: workers that train copies of one network meet the same
 * problem at about the same time.
 * <p>After a warning of one thread, the same warning of other threads is suppressed for ten minutes; the same thread
 * may repeat it, as when it trains one network after the other.
 */
final class RepeatedWarnings {
    /** Shared by the virtual machine: the copies of a network have no other object in common. */
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
     * @param warning a text that is the same for all copies of a network
     */
    boolean allow(String warning) {
        long now = clock.getAsLong();
        given.values().removeIf(old -> now - old.at() >= HOLD);
        Given mine = new Given(Thread.currentThread().getId(), now);
        return given.merge(warning, mine, (old, mineToo) -> old.thread() == mine.thread() ? mineToo : old) == mine;
    }
}
