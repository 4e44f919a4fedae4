package io.github.dl4jsparse.ui;

import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.internal.check.Args;
import java.util.UUID;
import java.util.function.Consumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;

/**
 * Writes the measurements of a {@code TrainingMonitor} to a {@code StatsStorage} of Deeplearning4j, which its training
 * UI shows: energy terms, active units and groups, dead units, explained variance, coherence and excess of every layer.
 * <pre>{@code
 * StatsStorage storage = new InMemoryStatsStorage();
 * UIServer.getInstance().attach(storage);
 * StatsListener listener = new StatsListener(storage);
 * TrainingMonitor monitor = TrainingMonitor.builder(probe)
 *         .onPoint(new StatsStorageFeed(storage, listener.getSessionID()))
 *         .build();
 * net.setListeners(listener, monitor);   // http://localhost:9000/sparse shows the layers, /train what it always does
 * }</pre>
 * <p>The storage may be one in memory, a {@code FileStatsStorage}, or a {@code RemoteUIStatsStorageRouter} to the UI of another
 * process, which then needs this class on its class path.
 *
 * <p>Errors: {@link IllegalArgumentException} for missing arguments. Exceptions of the storage end the training.
 */
public final class StatsStorageFeed implements Consumer<TrainingPoint> {
    private final StatsStorageRouter storage;
    private final String session;
    /**
     * Storages identify records by session, worker and time only: feeds of one session must not overwrite each other's
     * records.
     */
    private final String worker = "monitor-" + UUID.randomUUID();

    private long last;

    /**
     * @param storage to which points are written; the announcement of the session is written at once
     * @param session under which they are shown: of the {@code StatsListener} beside, or any other text
     */
    public StatsStorageFeed(StatsStorageRouter storage, String session) {
        this.storage = Args.given("storage", storage);
        this.session = Args.given("session", session);
        storage.putStaticInfo(new StoredPoint(session, worker, next(), null));
    }

    /** A time that no record of this feed has. */
    private long next() {
        last = Math.max(last + 1, System.currentTimeMillis());
        return last;
    }

    @Override
    public synchronized void accept(TrainingPoint point) {
        storage.putUpdate(new StoredPoint(session, worker, next(), Args.given("point", point)));
    }
}
