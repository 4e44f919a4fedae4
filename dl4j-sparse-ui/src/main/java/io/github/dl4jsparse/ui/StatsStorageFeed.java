package io.github.dl4jsparse.ui;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import java.util.UUID;
import java.util.function.Consumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;

/**
 * Brings what a {@code TrainingMonitor} measures into a storage of Deeplearning4j, for its training UI to show: energy terms,
 * active units and groups, dead units, explained variance, coherence and excess of every layer.
 * <pre>{@code
 * StatsStorage storage = new InMemoryStatsStorage();
 * UIServer.getInstance().attach(storage);
 * StatsListener listener = new StatsListener(storage);
 * TrainingMonitor monitor = TrainingMonitor.builder(probe)
 *         .tell(new StatsStorageFeed(storage, listener.getSessionID()))
 *         .build();
 * net.setListeners(listener, monitor);   // http://localhost:9000/sparse shows the layers, /train what it always does
 * }</pre>
 * <p>The storage may be one in memory, a {@code FileStatsStorage}, or a {@code RemoteUIStatsStorageRouter} to the UI of another
 * process, which then wants this class on its path.
 *
 * <p>Errors: {@link IllegalArgumentException} for what is missing. Those of the storage end the training.
 */
public final class StatsStorageFeed implements Consumer<TrainingPoint> {
    private final StatsStorageRouter storage;
    private final String session;
    /** Storages know records by session, worker and time alone: several feeds of one session must not take each other's place. */
    private final String worker = "monitor-" + UUID.randomUUID();

    private long last;

    /**
     * @param storage where the points go; an announcement goes there now
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
