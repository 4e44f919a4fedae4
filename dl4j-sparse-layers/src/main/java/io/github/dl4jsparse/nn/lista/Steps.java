package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of all unrolled steps in one: stacked, for products over all steps, and step by step. The views are made
 * once, because ND4J pays for each about as much as for a small kernel.
 * <p>Shapes: {@code all: [kept * batch, nCode]}, each step {@code [batch, nCode]}.
 *
 * @param all  the stack; of a pass that keeps only a few, the last step
 * @param each its views; a step past the last is the first again, for passes that keep only a few
 */
record Steps(INDArray all, INDArray[] each) {
    /** The steps of a stack, {@code batch} rows each. */
    static Steps of(INDArray all, long batch) {
        INDArray[] each = new INDArray[(int) (all.size(0) / batch)];
        for (int t = 0; t < each.length; t++) {
            each[t] = Rows.block(all, t, batch);
        }
        return new Steps(all, each);
    }

    /**
     * Room for the codes of one or two steps at a time.
     *
     * @param last  what the last step writes into
     * @param other what every other step writes into, null if all write into the same
     * @param steps of the pass
     */
    static Steps endingIn(INDArray last, INDArray other, int steps) {
        if (other == null) {
            return new Steps(last, new INDArray[] {last});
        }
        return new Steps(last, steps % 2 == 1 ? new INDArray[] {last, other} : new INDArray[] {other, last});
    }

    INDArray step(int t) {
        return each[t % each.length];
    }

    /** The stack without the first or without the last step. */
    INDArray allBut(boolean first) {
        long batch = each[0].size(0);
        return Rows.of(all, first ? batch : 0, all.size(0) - batch);
    }
}
