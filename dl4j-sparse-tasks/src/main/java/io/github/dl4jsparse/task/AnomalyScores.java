package io.github.dl4jsparse.task;

import java.util.Arrays;

/**
 * Scores of pieces, pixels and examples by a model, standardised on good examples.
 *
 * @param pieces   median and deviation of the energies of pieces of good examples
 * @param whole    median and deviation of the scores of good examples before they are standardised
 * @param topShare part of the heat map whose mean is the score of an example of several pieces
 */
record AnomalyScores(PieceModel model, HeldOutScores pieces, HeldOutScores whole, double topShare) {
    /** @param good examples that set the scales. Not modified. */
    static AnomalyScores of(PieceModel model, float[] good, double topShare) {
        double[] energies = model.energies(good);
        HeldOutScores pieces = HeldOutScores.of(energies);
        AnomalyScores unscaled = new AnomalyScores(model, pieces, new HeldOutScores(0, 1), topShare);
        return new AnomalyScores(model, pieces, HeldOutScores.of(unscaled.ofEnergies(energies)), topShare);
    }

    /** The standardised score of each example. */
    double[] examples(float[] examples) {
        return ofEnergies(model.energies(examples));
    }

    private double[] ofEnergies(double[] energies) {
        PieceLayout layout = model.layout();
        double[] scores = pieceScores(energies);
        double[] examples = new double[scores.length / layout.count()];
        for (int i = 0; i < examples.length; i++) {
            double raw = layout.isWhole() ? scores[i] : top(layout.map(scores, i * layout.count()));
            examples[i] = whole.standardised(raw);
        }
        return examples;
    }

    /** The standardised score of every piece of every example. */
    double[] pieceScores(double[] energies) {
        return Arrays.stream(energies).map(pieces::standardised).toArray();
    }

    /** The mean of the largest part of a heat map. */
    private double top(float[] map) {
        float[] sorted = map.clone();
        Arrays.sort(sorted);
        int count = Math.max(1, (int) Math.round(topShare * sorted.length));
        double sum = 0;
        for (int i = sorted.length - count; i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum / count;
    }
}
