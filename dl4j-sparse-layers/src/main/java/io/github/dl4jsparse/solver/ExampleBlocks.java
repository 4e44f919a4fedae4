package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Solves a batch in blocks of examples in parallel, and combines their solutions. The blocks, and thus the bits of the
 * solution, depend on the batch alone. A decoder that depends on the batch gets the batch as one block.
 */
final class ExampleBlocks {
    private final Energy energy;
    private final INDArray input;
    private final Blocks blocks;

    /** Solves one block, which is a batch of its own. */
    interface Part {
        /** @param start null for the solver's own */
        Solution solve(Energy energy, INDArray input, INDArray start);
    }

    /** An operation on one block. */
    interface Work {
        /**
         * @param block  its number
         * @param energy with the predictions of its examples
         * @param arrays the examples of arrays of the whole batch; null for null
         */
        void accept(int block, Energy energy, INDArray input, INDArray... arrays);
    }

    /** @param examples of a block */
    ExampleBlocks(Energy energy, INDArray input, long examples) {
        this.energy = energy;
        this.input = input;
        blocks = energy.decoder().dependsOnBatch() ? new Blocks(1, input.size(0)) : Blocks.of(input.size(0), examples);
    }

    /**
     * Solves all blocks.
     *
     * @param start null for the solver's own
     * @throws IllegalArgumentException if the start or the prediction has another shape than codes have, or the decoder
     *      takes whole batches only and {@code dependsOnBatch} is false
     */
    Solution solve(INDArray start, Part part) {
        long[] shape = energy.decoder().inputShape(input.shape());
        requireShape("start", start, shape);
        requireShape("prediction", energy.prediction(), shape);
        if (blocks.count() == 1) {
            return part.solve(energy, input, start);
        }
        long[] first = input.shape().clone();
        first[0] = blocks.size(0);
        BatchCheck.requirePart(energy.decoder(), first);
        INDArray code = Nd4j.createUninitialized(input.dataType(), shape, 'c');
        Solution[] solutions = new Solution[blocks.count()];
        forEach(
                (b, own, inputs, arrays) -> {
                    solutions[b] = part.solve(own, inputs, arrays[0]);
                    rows(b, Energy.rows(code)).assign(Energy.rows(solutions[b].code()));
                },
                start);
        return Solution.together(code, solutions);
    }

    private static void requireShape(String name, INDArray code, long[] shape) {
        if (code != null && !Arrays.equals(code.shape(), shape)) {
            throw Args.failure(name, "of shape " + Arrays.toString(shape), Arrays.toString(code.shape()));
        }
    }

    /**
     * Runs an operation on all blocks.
     *
     * @param arrays with a row for each example, of any shape; null for none. Not modified.
     */
    void forEach(Work work, INDArray... arrays) {
        INDArray inputs = dense(input);
        INDArray predictions = dense(energy.prediction());
        INDArray[] all = Arrays.stream(arrays).map(ExampleBlocks::dense).toArray(INDArray[]::new);
        blocks.forEach(b -> {
            Energy own =
                    new Energy(energy.decoder(), energy.penalty(), energy.predictionWeight(), block(b, predictions));
            work.accept(
                    b,
                    own,
                    block(b, inputs),
                    Arrays.stream(all).map(array -> block(b, array)).toArray(INDArray[]::new));
        });
    }

    int count() {
        return blocks.count();
    }

    /** The rows of a block in a matrix with a row for each example, in c order: a view. */
    INDArray rows(int block, INDArray matrix) {
        return Rows.of(matrix, blocks.first(block), blocks.size(block));
    }

    private static INDArray dense(INDArray array) {
        return array == null ? null : array.dup('c');
    }

    /** The examples of a block. */
    private INDArray block(int block, INDArray all) {
        if (all == null) {
            return null;
        }
        long[] shape = all.shape().clone();
        shape[0] = blocks.size(block);
        INDArray rows = rows(block, Energy.rows(all));
        return shape.length == 2 ? rows : rows.reshape('c', shape);
    }
}
