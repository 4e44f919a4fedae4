package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.UnitVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Draws rows of many batches without repetition, each with a probability proportional to its weight, in one pass: keeps
 * the rows with the largest keys.
 * <p>\[ k_j = \log(u_j) / w_j, \qquad u_j \sim U(0, 1) \]
 * <p>Reference: Efraimidis and Spirakis, Weighted random sampling with a reservoir, Information Processing Letters 97, 2006.
 */
final class WeightedDraw {
    private final int wanted;
    private final SplittableRandom random;
    private final PriorityQueue<Row> best = new PriorityQueue<>(Comparator.comparingDouble(Row::key));

    private long blank;
    private long without;

    private record Row(double key, INDArray values) {}

    /** @param wanted number of rows, at least 1 */
    WeightedDraw(int wanted, long seed) {
        this.wanted = Args.atLeast("number of rows", wanted, 1);
        this.random = new SplittableRandom(seed);
    }

    /**
     * Offers a row for the draw.
     *
     * @param weight of the row; one that is not finite and above 0 is never drawn
     * @param batch  {@code [any, width]}. Not modified, not stored. A row that is zero, NaN or infinite has no
     *               direction and is never drawn.
     */
    void offer(double weight, INDArray batch, int row) {
        double key = Math.log(random.nextDouble()) / weight;
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            without++;
            return;
        }
        if (best.size() == wanted && key <= best.peek().key()) {
            return;
        }
        INDArray values = batch.getRow(row, true);
        double largest = values.amaxNumber().doubleValue();
        if (!(largest > 0 && largest < Double.POSITIVE_INFINITY) || !Finite.all(values)) {
            blank++;
            return;
        }
        // squares of the remaining rows neither over- nor underflow
        best.add(new Row(key, values.div(largest).dup('c').detach()));
        if (best.size() > wanted) {
            best.remove();
        }
    }

    /**
     * The rows that were drawn, each divided by its norm.
     *
     * @return {@code [wanted, width]}, a new array
     * @throws IllegalArgumentException if there were fewer rows with a weight and a direction than wanted
     */
    INDArray directions() {
        if (best.size() < wanted) {
            throw Args.failure(
                    "data",
                    "at least " + wanted
                            + " finite inputs that are not blank and that the layer does not reconstruct perfectly",
                    best.size() + ": " + blank + " were blank or not finite, " + without
                            + " reconstructed perfectly or not finite");
        }
        List<INDArray> rows = new ArrayList<>();
        while (!best.isEmpty()) {
            rows.add(best.remove().values());
        }
        return UnitVectors.rows(Nd4j.vstack(rows));
    }
}
