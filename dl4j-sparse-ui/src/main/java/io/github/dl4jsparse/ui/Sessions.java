package io.github.dl4jsparse.ui;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;

/** The records of {@link StatsStorageFeed}s in a storage, by session. */
final class Sessions {
    private static final Comparator<StoredPoint> TIME = Comparator.comparingLong(StoredPoint::getTimeStamp);

    private Sessions() {}

    /** Each session that was announced, with its announcement and its points in the order of time. */
    static Map<String, List<StoredPoint>> of(StatsStorage storage) {
        Map<String, List<StoredPoint>> sessions = new TreeMap<>();
        for (String session : storage.listSessionIDs()) {
            List<StoredPoint> records = Stream.concat(
                            storage.getAllStaticInfos(session, StoredPoint.TYPE_ID).stream(), updates(storage, session))
                    .map(StoredPoint.class::cast)
                    .sorted(TIME)
                    .toList();
            if (!records.isEmpty()) {
                sessions.put(session, records);
            }
        }
        return sessions;
    }

    private static Stream<Persistable> updates(StatsStorage storage, String session) {
        return storage.listWorkerIDsForSessionAndType(session, StoredPoint.TYPE_ID).stream()
                .flatMap(worker ->
                        storage.getAllUpdatesAfter(session, StoredPoint.TYPE_ID, worker, Long.MIN_VALUE).stream());
    }

    /** The session with the newest record; null where there is none. */
    static String newest(Map<String, List<StoredPoint>> sessions) {
        return sessions.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparing(records -> records.get(records.size() - 1), TIME)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
