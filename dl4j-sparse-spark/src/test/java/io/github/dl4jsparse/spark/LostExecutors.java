package io.github.dl4jsparse.spark;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Counts the executors that the driver has lost. */
final class LostExecutors extends SparkListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        count.incrementAndGet();
    }

    int count() {
        return count.get();
    }
}
