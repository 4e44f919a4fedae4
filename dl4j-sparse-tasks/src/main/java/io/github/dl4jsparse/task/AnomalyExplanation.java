package io.github.dl4jsparse.task;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The piece of an example with the highest score, its reconstruction, and its active units.
 *
 * @param score          of the example, in deviations of held-out good ones
 * @param pieceScore     of the piece, in deviations of pieces of held-out good examples
 * @param top            first row of the piece; 0 for vectors and signals
 * @param left           first column, or sample, of the piece; 0 for vectors
 * @param piece          {@code [channels, height, width]}, as in the example; a vector is {@code [1, 1, features]}
 * @param reconstruction of that shape: the nearest combination of atoms
 * @param units          that are active, the largest magnitude first
 */
public record AnomalyExplanation(
        double score,
        double pieceScore,
        int top,
        int left,
        INDArray piece,
        INDArray reconstruction,
        List<FiredUnit> units) {
    public AnomalyExplanation {
        units = List.copyOf(units);
    }
}
