package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.LayerWrappers;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.UnitVectors;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.Solution;
import io.github.dl4jsparse.solver.Solvers;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measurements of a layer on a probe batch: terms of its energy, sparsity of its code, explained variance, coherence of
 * its dictionary.
 * <p>\[ \mathrm{explained\ variance} = 1 - \frac{\sum_j \lVert x_j - D z_j \rVert^2}{\sum_j \lVert x_j - \bar x \rVert^2}, \qquad
 * \mathrm{coherence} = \max_{i \neq k} \frac{|d_i' d_k|}{\lVert d_i \rVert \lVert d_k \rVert}, \qquad
 * \mathrm{excess} = \frac{E(x, z)}{E(x, z^*)} - 1 \]
 * where j runs over the batch, z is the layer's code, z* the code that a solver finds with the layer's dictionary D and penalty,
 * and d are the atoms of D; an atom of zeros has no direction and is left out. E is the reconstruction and the penalty.
 * <p>Shapes: {@code inputs: [batch, nIn]} or images, as the layer takes them. Every element of the code counts as a
 * unit: a feature map has one at each position. Coherence and excess are NaN where codes are maps, the excess also
 * where {@link Fista} does not support the penalty; the solver is {@link Solvers#bestFor}. A group is active where one
 * of its units is not zero: with a penalty of windows of space at each position of the window, with one on the maps of
 * a convolutional code at each position. Where the layer's shrinkage is non-negative so are the codes of the solver;
 * this requires a penalty with a non-negative form ({@link Penalty#onNonNegativeCodes}), and the excess is NaN for
 * others.
 * <p>Errors: {@link IllegalArgumentException} for what is missing; the layer's own for inputs of a wrong shape.
 *
 * @param energy            terms of the energy, means per example
 * @param meanActiveUnits   number of units that are not zero in an example, on average
 * @param meanActiveGroups  number of groups of the penalty that are not all zero in an example, on average; subtrees are the
 *                          groups of a tree; NaN for a penalty without groups
 * @param deadFraction      share of the units that are zero in every example, from 0 to 1
 * @param explainedVariance at most 1; 0 for a batch without variance
 * @param coherence         largest absolute cosine of two atoms, from 0 to 1
 * @param excess            energy of the layer's code above that of the solved code, relative to the latter; a code that a solver
 *                          could not better has 0 within the solver's tolerance
 */
public record LayerMeasurement(
        LossTerms energy,
        double meanActiveUnits,
        double meanActiveGroups,
        double deadFraction,
        double explainedVariance,
        double coherence,
        double excess) {
    private static final int CAP = 1000;
    private static final double TOLERANCE = 1e-3;
    private static final Fista PROXIMAL = new Fista(CAP, TOLERANCE);

    /**
     * Measures a layer, without any change of it.
     *
     * @param layer  an {@link UnsupervisedLayer}, also in one of DL4J's wrappers
     * @param inputs the probe batch, as the inner layer would be given it. Not modified.
     * @throws IllegalArgumentException if the layer or the batch is missing, or the layer has no dictionary
     */
    public static LayerMeasurement of(Layer layer, INDArray inputs) {
        return of(LayerWrappers.dictionary(layer), inputs, true);
    }

    /**
     * Measures a layer without the excess, which is NaN here: it costs as much as solving for every code, the rest as much as
     * a few passes.
     *
     * @param layer  an {@link UnsupervisedLayer}, also in one of DL4J's wrappers
     * @param inputs the probe batch, as the inner layer would be given it. Not modified.
     * @throws IllegalArgumentException if the layer or the batch is missing, or the layer has no dictionary
     */
    public static LayerMeasurement withoutExcess(Layer layer, INDArray inputs) {
        return of(LayerWrappers.dictionary(layer), inputs, false);
    }

    private static LayerMeasurement of(UnsupervisedLayer layer, INDArray inputs, boolean certified) {
        Args.given("inputs", inputs);
        LossTerms energy = layer.energy(inputs);
        INDArray code = layer.encode(inputs);
        INDArray units = Energy.rows(code);
        CodeStatistics statistics = CodeStatistics.of(units);
        boolean dense = code.rank() == 2 && inputs.rank() == 2;
        INDArray atoms = dense ? layer.decode(Nd4j.eye(units.size(1))) : null;
        return new LayerMeasurement(
                energy,
                statistics.meanActiveUnits(),
                activeGroups(layer, code),
                (double) statistics.deadUnits() / units.size(1),
                explainedVariance(inputs, layer.decode(code, inputs.shape())),
                dense ? coherence(atoms) : Double.NaN,
                dense && certified ? excess(layer, energy, inputs, atoms) : Double.NaN);
    }

    private static double activeGroups(UnsupervisedLayer layer, INDArray code) {
        return layer.conf().getLayer() instanceof SparseLayerConf conf
                ? conf.penaltyWith(layer.paramTable()).activeGroups(layer.penalised(code)) / code.size(0)
                : Double.NaN;
    }

    /**
     * The share of the variance of inputs that reconstructions explain.
     * <p>\[ 1 - \frac{\sum_i \lVert x_i - \hat{x}_i \rVert_2^2}{\sum_i \lVert x_i - \bar{x} \rVert_2^2} \]
     * where the last is the mean of the inputs.
     *
     * @param inputs an input in each row or image. Not modified.
     * @param image  the reconstructions, of the same shape. Not modified.
     * @return at most 1; 0 for inputs without variance
     */
    public static double explainedVariance(INDArray inputs, INDArray image) {
        INDArray x = Energy.rows(inputs).castTo(DataType.DOUBLE);
        double variance = Norms.squared(x.subRowVector(x.mean(0)));
        return variance == 0
                ? 0
                : 1 - Norms.squared(Energy.rows(image).castTo(DataType.DOUBLE).rsub(x)) / variance;
    }

    /** @param atoms as rows */
    private static double coherence(INDArray atoms) {
        INDArray rows = atoms.castTo(DataType.DOUBLE).dup('c');
        UnitVectors.rows(rows);
        double[][] cosines = rows.mmul(rows.transpose()).toDoubleMatrix();
        double largest = 0;
        for (int i = 0; i < cosines.length; i++) {
            for (int k = 0; k < i; k++) {
                largest = Math.max(largest, Math.abs(cosines[i][k]));
            }
        }
        return Math.min(1, largest);
    }

    private static double excess(UnsupervisedLayer layer, LossTerms energy, INDArray inputs, INDArray atoms) {
        Penalty penalty = solvable(layer);
        if (penalty == null || !Double.isFinite(energy.total())) {
            return Double.NaN;
        }
        double scale = layer.inputScale();
        INDArray dictionary = atoms.transpose().div(scale).dup('c');
        Solution solved = Solvers.bestFor(penalty, CAP, TOLERANCE)
                .solve(
                        new Energy(new DenseOperator(dictionary), penalty),
                        inputs.castTo(dictionary.dataType()).div(scale).dup('c'));
        double least = solved.energy() / inputs.size(0);
        return least == 0 ? Double.NaN : (energy.reconstruction() + energy.penalty()) / least - 1;
    }

    /** The penalty, restricted to non-negative codes where the layer's codes are; null where no solver supports it. */
    private static Penalty solvable(UnsupervisedLayer layer) {
        if (!(layer.conf().getLayer() instanceof SparseLayerConf conf)) {
            return null;
        }
        Penalty penalty = conf.penaltyWith(layer.paramTable());
        if (conf instanceof ListaConf lista && !lista.getShrinkage().isSigned()) {
            return penalty.onNonNegativeCodes().orElse(null);
        }
        return PROXIMAL.supports(penalty) ? penalty : null;
    }
}
