package io.github.dl4jsparse.task;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Why an example has its score: its oddest piece.
 *
 * @param score          of the example, in deviations of held-out good ones
 * @param pieceScore     of the piece, in deviations of pieces of held-out good examples
 * @param top            first row of the piece; 0 for vectors and signals
 * @param left           first column, or sample, of the piece; 0 for vectors
 * @param piece          {@code [channels, height, width]}, as in the example; a vector is {@code [1, 1, numbers]}
 * @param reconstruction of that shape: the nearest that a combination of atoms of good examples came
 * @param units          that fired, the most active first
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
