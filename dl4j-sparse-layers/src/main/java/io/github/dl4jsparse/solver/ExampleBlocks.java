package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.backend.SerialNative;
import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.parallel.Blocks;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Solves a batch in blocks of examples side by side, and puts their solutions together. The blocks follow from the batch alone, and
 * so do the bits of the solution. A decoder that depends on the batch gets the batch as one block.
 */
final class ExampleBlocks {
    private final Energy energy;
    private final INDArray input;
    private final INDArray start;
    private final Blocks blocks;

    /** Solves one block, which is a batch of its own. */
    interface Part {
        Solution solve(Energy energy, INDArray input, INDArray start);
    }

    /**
     * @param start    null for the solver's own
     * @param examples of a block
     * @throws IllegalArgumentException if the start or the prediction has another shape than codes have
     */
    ExampleBlocks(Energy energy, INDArray input, INDArray start, long examples) {
        this.energy = energy;
        this.input = input;
        this.start = start;
        long[] shape = energy.decoder().inputShape(input.shape());
        requireShape("start", start, shape);
        requireShape("prediction", energy.prediction(), shape);
        blocks = energy.decoder().dependsOnBatch() ? new Blocks(1, input.size(0)) : Blocks.of(input.size(0), examples);
    }

    private static void requireShape(String name, INDArray code, long[] shape) {
        if (code != null && !Arrays.equals(code.shape(), shape)) {
            throw Args.failure(name, "of shape " + Arrays.toString(shape), Arrays.toString(code.shape()));
        }
    }

    Solution solve(Part part) {
        if (blocks.count() == 1) {
            return SerialNative.get(() -> part.solve(energy, input, start));
        }
        INDArray inputs = Energy.rows(input).dup('c');
        INDArray starts = start == null ? null : Energy.rows(start).dup('c');
        INDArray predictions = energy.prediction() == null
                ? null
                : Energy.rows(energy.prediction()).dup('c');
        long[] shape = energy.decoder().inputShape(input.shape());
        INDArray code = Nd4j.createUninitialized(input.dataType(), shape, 'c');
        INDArray codes = Energy.rows(code);
        Solution[] solutions = new Solution[blocks.count()];
        blocks.forEach(b -> {
            Energy own = new Energy(
                    energy.decoder(), energy.penalty(), energy.predictionWeight(), block(b, predictions, shape));
            Solution solution = part.solve(own, block(b, inputs, input.shape()), block(b, starts, shape));
            rows(b, codes).assign(Energy.rows(solution.code()));
            solutions[b] = solution;
        });
        return Solution.together(code, solutions);
    }

    private INDArray rows(int block, INDArray all) {
        return Rows.of(all, blocks.first(block), blocks.size(block));
    }

    /** The examples of a block, in the shape that the whole array had but for the batch. */
    private INDArray block(int block, INDArray all, long[] shape) {
        if (all == null) {
            return null;
        }
        long[] own = shape.clone();
        own[0] = blocks.size(block);
        INDArray rows = rows(block, all);
        return own.length == 2 ? rows : rows.reshape('c', own);
    }
}
