package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Rows;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of all unrolled steps: one stack for products over all steps but the last or the first, and the steps one
 * by one. The views are created once, because in ND4J creating one takes about as long as a small kernel.
 * <p>Shapes: {@code stack: [(steps - 1) * rows, columns]}, each step {@code [rows, columns]}.
 *
 * @param stack all steps except one; null where there are no others
 * @param each  by the index of the step; in a pass that stores two at a time, step t has index t modulo 2
 */
record Steps(INDArray stack, INDArray[] each) {
    /** The array of a step. */
    INDArray step(int t) {
        return each[t % each.length];
    }

    /** New arrays with all steps but the last in the stack. */
    static Steps allButLast(DataType type, int steps, long rows, long columns) {
        return of(type, steps, rows, columns, steps - 1);
    }

    /** New arrays with all steps but the first in the stack. */
    static Steps allButFirst(DataType type, int steps, long rows, long columns) {
        return of(type, steps, rows, columns, 0);
    }

    private static Steps of(DataType type, int steps, long rows, long columns, int alone) {
        INDArray stack = steps == 1 ? null : Nd4j.createUninitialized(type, (steps - 1) * rows, columns);
        INDArray[] each = new INDArray[steps];
        for (int t = 0; t < steps; t++) {
            each[t] = t == alone
                    ? Nd4j.createUninitialized(type, rows, columns)
                    : Rows.block(stack, t < alone ? t : t - 1, rows);
        }
        return new Steps(stack, each);
    }

    /** The same with another array for the last step. */
    Steps endingIn(INDArray last) {
        INDArray[] own = each.clone();
        own[own.length - 1] = last;
        return new Steps(stack, own);
    }

    /**
     * Two arrays that the steps use alternately.
     *
     * @param last  the array of the last step
     * @param other the array of the step before it
     * @param steps of the pass
     */
    static Steps alternating(INDArray last, INDArray other, int steps) {
        return new Steps(null, steps % 2 == 1 ? new INDArray[] {last, other} : new INDArray[] {other, last});
    }
}
