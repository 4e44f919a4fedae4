package io.github.dl4jsparse.nn.constraint;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.ElementLoops;
import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps the Euclidean norm of every atom, a row or column of a parameter, at or below a bound.
 * <p>\[ w_i \leftarrow w_i \, \frac{c}{\max(c, \lVert w_i \rVert_2)} \]
 * where c is the bound. This is the projection onto the ball: atoms within the bound do not change, and an atom of
 * zeros stays zero, without the 0/0 of DL4J's {@code UnitNormConstraint}.
 * <p>Shapes: a matrix, whose rows or columns are the atoms.
 * <p>Applied by DL4J after every update, in {@code fit} and in pre-training.
 */
@Getter
@EqualsAndHashCode
public final class MaxAtomNormConstraint implements LayerConstraint {
    private static final long serialVersionUID = 1;

    /** Which vectors of a matrix are the atoms. */
    public enum Atoms {
        /** The vectors {@code W[i, :]}. */
        ROWS,
        /** The vectors {@code W[:, j]}. */
        COLUMNS
    }

    private final double maxNorm;
    private final Atoms atoms;
    private Set<String> params;

    /**
     * @param maxNorm the bound c, &gt; 0
     * @param atoms   rows or columns
     * @param params  names of the parameters; DL4J's {@code constrainWeights} sets them itself
     * @throws IllegalArgumentException if the bound is not finite and &gt; 0
     */
    @JsonCreator
    public MaxAtomNormConstraint(
            @JsonProperty("maxNorm") double maxNorm,
            @JsonProperty("atoms") Atoms atoms,
            @JsonProperty("params") Set<String> params) {
        this.maxNorm = Args.positive("maxNorm", maxNorm);
        this.atoms = Args.given("atoms", atoms);
        this.params = params == null ? Set.of() : new LinkedHashSet<>(params);
    }

    /** Bounds the rows of the named parameters. */
    public static MaxAtomNormConstraint rows(double maxNorm, String... params) {
        return new MaxAtomNormConstraint(maxNorm, Atoms.ROWS, Set.of(params));
    }

    /** Bounds the columns of the named parameters. */
    public static MaxAtomNormConstraint columns(double maxNorm, String... params) {
        return new MaxAtomNormConstraint(maxNorm, Atoms.COLUMNS, Set.of(params));
    }

    @Override
    public void applyConstraint(Layer layer, int iteration, int epoch) {
        for (Map.Entry<String, INDArray> e : layer.paramTable().entrySet()) {
            if (params.contains(e.getKey())) {
                project(e.getValue());
            }
        }
    }

    /**
     * Projects the atoms of one array.
     *
     * @param weights a matrix. Modified in place.
     */
    public void project(INDArray weights) {
        double[] factors = atoms == Atoms.ROWS ? Norms.rows(weights) : Norms.columns(weights);
        boolean anyLong = false;
        for (int i = 0; i < factors.length; i++) {
            boolean tooLong = factors[i] > maxNorm;
            anyLong |= tooLong;
            factors[i] = tooLong ? maxNorm / factors[i] : 1;
        }
        if (!anyLong) {
            return;
        }
        if (atoms == Atoms.ROWS) {
            HostRows.replace(
                    weights,
                    (rows, result) -> multiply(rows[0], rows[1][0], result),
                    weights,
                    Nd4j.createFromArray(factors).reshape(factors.length, 1));
        } else {
            Object repeated = ElementLoops.repeated(factors, weights);
            ElementLoops.runRows(
                    (a, n) -> multiply(a[0], (float[]) repeated, n),
                    (a, n) -> multiply(a[0], (double[]) repeated, n),
                    weights);
        }
    }

    private static void multiply(double[] row, double factor, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = factor * row[i];
        }
    }

    private static void multiply(float[] weights, float[] factors, int n) {
        for (int i = 0; i < n; i++) {
            weights[i] *= factors[i];
        }
    }

    private static void multiply(double[] weights, double[] factors, int n) {
        for (int i = 0; i < n; i++) {
            weights[i] *= factors[i];
        }
    }

    @Override
    public void setParams(Set<String> params) {
        this.params = new LinkedHashSet<>(params);
    }

    @Override
    public MaxAtomNormConstraint clone() {
        return new MaxAtomNormConstraint(maxNorm, atoms, params);
    }
}
