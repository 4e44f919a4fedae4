package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Nearest neighbours by Euclidean distance, and classification by their majority.
 * <p>Shapes: points are {@code [examples, features]}. Of equal distances the example of the lower index is nearer.
 */
public final class NearestNeighbours {
    private static final int PIECE = 500;

    private final INDArray points;
    private final INDArray squares;

    /**
     * @param points {@code [examples, features]}. Not modified; must not change later.
     * @throws IllegalArgumentException if it is no matrix
     */
    public NearestNeighbours(INDArray points) {
        if (Args.given("points", points).rank() != 2) {
            throw Args.failure("points", "[examples, features]", Arrays.toString(points.shape()));
        }
        this.points = points;
        this.squares = points.mul(points).sum(1).reshape(1, points.size(0));
    }

    /**
     * The indices of the nearest examples, the nearest first.
     *
     * @param queries {@code [queries, features]}. Not modified.
     * @param count   of neighbours, 1 to all examples
     * @return {@code [queries][count]}
     */
    public int[][] of(INDArray queries, int count) {
        return find(queries, count, false);
    }

    /** The same for the examples themselves, none its own neighbour; count is 1 to all others. */
    public int[][] ofEach(int count) {
        return find(points, count, true);
    }

    private int[][] find(INDArray queries, int count, boolean others) {
        int examples = Math.toIntExact(points.size(0));
        Args.inRange("count", count, 1, examples - (others ? 1 : 0));
        if (queries.rank() != 2 || queries.size(1) != points.size(1)) {
            throw Args.failure("queries", "[queries, " + points.size(1) + "]", Arrays.toString(queries.shape()));
        }
        INDArray rows = queries.ordering() == 'c' ? queries : queries.dup('c');
        int[][] nearest = new int[Math.toIntExact(queries.size(0))][];
        for (int from = 0; from < nearest.length; from += PIECE) {
            int first = from;
            int size = Math.min(PIECE, nearest.length - from);
            // the square of the query is the same for all examples
            INDArray distances = Nd4j.gemm(Rows.of(rows, from, size), points, false, true)
                    .muli(-2)
                    .addiRowVector(squares);
            double[][] own = distances.toDoubleMatrix();
            Tasks.forEach(size, q -> {
                if (others) {
                    own[q][first + q] = Double.POSITIVE_INFINITY;
                }
                nearest[first + q] = smallest(own[q], count);
            });
        }
        return nearest;
    }

    private static int[] smallest(double[] distances, int count) {
        Comparator<Integer> near =
                Comparator.comparingDouble((Integer i) -> distances[i]).thenComparingInt(i -> i);
        PriorityQueue<Integer> kept = new PriorityQueue<>(count, near.reversed());
        for (int i = 0; i < distances.length; i++) {
            if (kept.size() < count) {
                kept.add(i);
            } else if (distances[i] < distances[kept.peek()]) {
                kept.poll();
                kept.add(i);
            }
        }
        return kept.stream().sorted(near).mapToInt(i -> i).toArray();
    }

    /**
     * The class of most of the neighbours; in a tie the class of the nearest neighbour among the tied ones.
     *
     * @param neighbours the nearest first. Not modified.
     * @param labels     of all examples
     */
    public static String majority(int[] neighbours, List<String> labels) {
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (int neighbour : neighbours) {
            votes.merge(labels.get(neighbour), 1, Integer::sum);
        }
        int most = Collections.max(votes.values());
        return votes.keySet().stream()
                .filter(label -> votes.get(label) == most)
                .findFirst()
                .orElseThrow();
    }
}
