package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The measurements of a {@link TrainingMonitor}, in the order of time. May be read during the training. */
public final class TrainingHistory {
    private final List<TrainingPoint> points = new ArrayList<>();

    TrainingHistory() {}

    /**
     * A history of given points.
     *
     * @param points in the order of time
     */
    public static TrainingHistory of(List<TrainingPoint> points) {
        TrainingHistory history = new TrainingHistory();
        Args.given("points", points).forEach(point -> history.add(Args.given("point", point)));
        return history;
    }

    synchronized void add(TrainingPoint point) {
        points.add(point);
    }

    /** All points so far; a copy. */
    public synchronized List<TrainingPoint> points() {
        return List.copyOf(points);
    }

    /** The points of one layer, none for another that was not measured; a copy. */
    public List<TrainingPoint> points(String layer) {
        Args.given("layer", layer);
        return points().stream().filter(point -> point.layer().equals(layer)).toList();
    }

    /** The names of the layers, in the order in which they were first measured. */
    public List<String> layers() {
        return points().stream().map(TrainingPoint::layer).distinct().toList();
    }

    /** The last point of a layer. */
    public Optional<TrainingPoint> last(String layer) {
        return points(layer).stream().reduce((first, second) -> second);
    }

    /** The number of points of each layer. */
    @Override
    public String toString() {
        return layers().stream()
                .map(layer -> layer + ": " + points(layer).size())
                .collect(Collectors.joining(", ", "TrainingHistory of points {", "}"));
    }
}
