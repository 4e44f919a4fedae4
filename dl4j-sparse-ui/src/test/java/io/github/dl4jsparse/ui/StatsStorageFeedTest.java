package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.diagnostics.TrainingPoint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.impl.RemoteUIStatsStorageRouter;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsStorageFeedTest {
    private static final int PATIENCE = 400;
    private static final List<TrainingPoint> POINTS = LongStream.rangeClosed(1, 50)
            .mapToObj(i -> Points.of("layer " + i % 2, i))
            .toList();

    /** Faster than the clock counts, so that some have the same time. */
    private static void feed(StatsStorageRouter storage) {
        StatsStorageFeed feed = new StatsStorageFeed(storage, "s");
        POINTS.forEach(feed);
    }

    private static List<TrainingPoint> points(StatsStorage storage) {
        return Sessions.of(storage).getOrDefault("s", List.of()).stream()
                .flatMap(stored -> stored.point().stream())
                .toList();
    }

    @Test
    void keepsEveryPointInItsOrderInMemory() {
        StatsStorage storage = new InMemoryStatsStorage();
        feed(storage);
        assertEquals(POINTS, points(storage));
    }

    @Test
    void severalFeedsShareASession() {
        StatsStorage storage = new InMemoryStatsStorage();
        feed(storage);
        feed(storage);
        List<TrainingPoint> found = points(storage);
        assertEquals(2 * POINTS.size(), found.size());
        POINTS.forEach(point -> assertEquals(2, Collections.frequency(found, point), point.toString()));
    }

    @Test
    void keepsThemInAFileThatIsOpenedAgain(@TempDir Path directory) throws IOException {
        File file = directory.resolve("stats.dl4j").toFile();
        StatsStorage storage = new FileStatsStorage(file);
        feed(storage);
        storage.close();
        StatsStorage again = new FileStatsStorage(file);
        assertEquals(POINTS, points(again));
        again.close();
    }

    @Test
    void sendsThemToTheUiOfAnotherProcess() throws IOException, InterruptedException {
        try (TrainingUi ui = new TrainingUi()) {
            StatsStorage storage = new InMemoryStatsStorage();
            UIServer.getInstance().enableRemoteListener(storage, true);
            RemoteUIStatsStorageRouter router =
                    new RemoteUIStatsStorageRouter(ui.page("").toString());
            feed(router);
            for (int i = 0; i < PATIENCE && points(storage).size() < POINTS.size(); i++) {
                Thread.sleep(50);
            }
            router.shutdown();
            assertEquals(POINTS, points(storage));
        }
    }

    @Test
    void namesWhatIsMissing() {
        StatsStorage storage = new InMemoryStatsStorage();
        assertThrows(IllegalArgumentException.class, () -> new StatsStorageFeed(null, "s"));
        assertThrows(IllegalArgumentException.class, () -> new StatsStorageFeed(storage, null));
        assertThrows(IllegalArgumentException.class, () -> new StatsStorageFeed(storage, "s").accept(null));
    }
}
