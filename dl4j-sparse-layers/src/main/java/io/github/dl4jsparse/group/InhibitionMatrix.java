package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonValue;

/**
 * The strength of inhibition between each pair of units of a code: zero for units that may be active together.
 * <p>\[ S = S^{\top}, \qquad 0 \le S_{ij} &lt; \infty, \qquad \lvert z \rvert^{\top} S \lvert z \rvert \]
 * where z is a code. The diagonal is zero unless given. A matrix is stored as the most frequent strength and the pairs
 * that differ from it, so that both a tree, which has few zeros, and an annulus, which has many, take little memory and
 * short JSON.
 * <p>Shapes: {@link #product} maps {@code [batch, units]} to {@code [batch, units]}.
 * <p>Immutable. Factories throw {@code IllegalArgumentException} that names the entry and the rule.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 */
public final class InhibitionMatrix implements Serializable {
    private static final long serialVersionUID = 1;

    final int units;
    /** The strength of all pairs of different units that are not listed. */
    final double elsewhere;
    /** Where each unit's listed partners start, and as the last entry their number. */
    final int[] offsets;
    /** Listed partners, ascending for each unit; a pair is listed twice. */
    final int[] partners;
    /** The strength of each listed pair. */
    final double[] strengths;
    /** One entry a unit; null where all are zero. */
    final double[] diagonal;

    private transient volatile InhibitionProduct product;
    /** The spectral bound, computed at the first call. */
    private transient volatile Double bound;

    InhibitionMatrix(
            int units, double elsewhere, int[] offsets, int[] partners, double[] strengths, double[] diagonal) {
        this.units = units;
        this.elsewhere = elsewhere;
        this.offsets = offsets;
        this.partners = partners;
        this.strengths = strengths;
        this.diagonal = diagonal == null || Arrays.stream(diagonal).allMatch(d -> d == 0) ? null : diagonal;
    }

    /** Every unit inhibits every other with the same strength, finite and &gt;= 0. */
    public static InhibitionMatrix uniform(int units, double strength) {
        return InhibitionPairs.of(units, Args.nonNegative("strength", strength), (i, j) -> false, 0);
    }

    /**
     * All pairs inhibit each other except those of an ancestor and a descendant: only units on one path from the root
     * may be active together, and nothing inhibits the root.
     *
     * @param tree     with one root
     * @param strength of all other pairs, finite and &gt;= 0
     */
    public static InhibitionMatrix tree(Tree tree, double strength) {
        int roots = Args.given("tree", tree).roots().length;
        if (roots != 1) {
            throw Args.failure("tree", "one with a single root", Arrays.toString(tree.roots()) + " as roots");
        }
        return InhibitionPairs.of(
                tree.size(),
                Args.nonNegative("strength", strength),
                (i, j) -> tree.isAncestor(i, j) || tree.isAncestor(j, i),
                0);
    }

    /**
     * Units on a closed ring that inhibit those at a distance above {@code inner} and up to {@code outer}: near but not
     * immediate neighbours.
     *
     * @param length   the number of units
     * @param inner    in steps, &gt;= 0
     * @param outer    in steps, above {@code inner}
     * @param strength finite and &gt;= 0
     */
    public static InhibitionMatrix ring(int length, double inner, double outer, double strength) {
        Args.atLeast("length", length, 1);
        return shell(length, inner, outer, strength, (i, j) -> square(around(i - j, length)));
    }

    /**
     * Units on a torus that inhibit those at a Euclidean distance above {@code inner} and up to {@code outer}, where
     * the unit of row y and column x has the index {@code y * width + x}, as in {@link Groups#torus}.
     *
     * @param inner    radius of the disc around a unit without inhibition, &gt;= 0; with 0 only the unit itself is not
     *      inhibited
     * @param outer    radius of the disc of inhibited units, above {@code inner}
     * @param strength finite and &gt;= 0
     */
    public static InhibitionMatrix annulus(int height, int width, double inner, double outer, double strength) {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        return shell(
                Math.multiplyExact(height, width),
                inner,
                outer,
                strength,
                (i, j) -> square(around(i / width - j / width, height)) + square(around(i % width - j % width, width)));
    }

    private static InhibitionMatrix shell(
            int units, double inner, double outer, double strength, IntBinaryOperator squaredDistance) {
        Args.nonNegative("inner radius", inner);
        if (!(outer > inner)) {
            throw Args.failure("outer radius", "above the inner radius " + inner, outer);
        }
        Args.nonNegative("strength", strength);
        double least = inner * inner;
        double most = outer * outer;
        return InhibitionPairs.of(
                units,
                0,
                (i, j) -> {
                    int distance = squaredDistance.applyAsInt(i, j);
                    return distance > least && distance <= most;
                },
                strength);
    }

    /** The distance on a ring. */
    private static int around(int difference, int length) {
        int distance = Math.abs(difference);
        return Math.min(distance, length - distance);
    }

    private static int square(int number) {
        return number * number;
    }

    /**
     * A matrix by its entries.
     *
     * @param entries square, symmetric, finite and &gt;= 0. Not modified.
     * @throws IllegalArgumentException if it is not; names the entry
     */
    public static InhibitionMatrix of(double[][] entries) {
        return InhibitionPairs.of(entries);
    }

    /** This matrix with one value on the whole diagonal, finite and &gt;= 0. */
    public InhibitionMatrix withDiagonal(double value) {
        double[] all = new double[units];
        Arrays.fill(all, value);
        return withDiagonal(all);
    }

    /** This matrix with another diagonal, an entry a unit, finite and &gt;= 0. Not modified. */
    public InhibitionMatrix withDiagonal(double[] values) {
        if (Args.given("diagonal", values).length != units) {
            throw Args.failure("diagonal", "of " + units + " entries, one a unit", values.length);
        }
        for (int i = 0; i < units; i++) {
            Args.nonNegative("S[" + i + "][" + i + "]", values[i]);
        }
        return new InhibitionMatrix(units, elsewhere, offsets, partners, strengths, values.clone());
    }

    /** The inhibition among some of the units, in the order given: a smaller code's, or a shuffled one's. */
    public InhibitionMatrix select(int... chosen) {
        return InhibitionPairs.select(this, Args.given("units", chosen));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static InhibitionMatrix fromJson(InhibitionPairs pairs) {
        return Args.given("inhibition", pairs).matrix();
    }

    @JsonValue
    InhibitionPairs toJson() {
        return InhibitionPairs.of(this);
    }

    /** The number of units. */
    public int units() {
        return units;
    }

    /** The entry of two units, or of one and itself. */
    public double get(int i, int j) {
        if (i == j) {
            return diagonal(i);
        }
        int place = Arrays.binarySearch(partners, offsets[i], offsets[i + 1], j);
        return place < 0 ? elsewhere : strengths[place];
    }

    /** The entry of a unit and itself. */
    public double diagonal(int unit) {
        return diagonal == null ? 0 : diagonal[unit];
    }

    /** All entries: a new array. */
    public double[][] toArray() {
        double[][] entries = new double[units][units];
        for (int i = 0; i < units; i++) {
            addRow(i, 1, entries[i]);
            entries[i][i] = diagonal(i);
        }
        return entries;
    }

    /**
     * Adds a multiple of a unit's row, without the diagonal, to an array with an element for each unit.
     * <p>\[ t_j \leftarrow t_j + f S_{ij}, \qquad j \ne i \]
     *
     * @param unit   i
     * @param factor f
     * @param target t, {@code [units]}. Modified in place.
     */
    public void addRow(int unit, double factor, double[] target) {
        if (elsewhere != 0) {
            double common = factor * elsewhere;
            double own = target[unit];
            for (int j = 0; j < target.length; j++) {
                target[j] += common;
            }
            target[unit] = own;
        }
        for (int place = offsets[unit]; place < offsets[unit + 1]; place++) {
            target[partners[place]] += factor * (strengths[place] - elsewhere);
        }
    }

    /**
     * The product with each code of a batch.
     * <p>\[ q_{bi} = \sum_j S_{ij} m_{bj} \]
     *
     * @param magnitudes m, {@code [batch, units]}. Not modified.
     * @return {@code [batch, units]}, a new array of the same type
     */
    public INDArray product(INDArray magnitudes) {
        INDArray result = Nd4j.createUninitialized(magnitudes.dataType(), magnitudes.shape(), 'c');
        product(magnitudes, 1, result);
        return result;
    }

    /**
     * Writes a multiple of the {@link #product} into an array.
     *
     * @param magnitudes m, {@code [batch, units]}. Not modified.
     * @param factor     of the product
     * @param result     of the shape and type of m, in c order. Modified in place.
     */
    public void product(INDArray magnitudes, double factor, INDArray result) {
        InhibitionProduct way = product;
        if (way == null) {
            way = InhibitionProduct.of(this);
            product = way;
        }
        way.multiply(Shapes.matrix("magnitudes", magnitudes, units), factor, result);
    }

    /**
     * An upper bound of the spectral radius, which is the largest eigenvalue: 0 exactly for a matrix of zeros, else at most one in
     * 10^6 too large where power iteration has converged.
     * <p>\[ v_0 = 1, \quad v \leftarrow (S + c I) v, \qquad \rho(S) \le \max_i \frac{(S v)_i}{v_i} \]
     * <p>Reference: Collatz, Einschliessungssatz fuer die charakteristischen Zahlen von Matrizen, Mathematische Zeitschrift 48,
     * 1942, which holds for any positive v.
     */
    public double spectralBound() {
        Double result = bound;
        if (result == null) {
            result = InhibitionProduct.spectralBound(this);
            bound = result;
        }
        return result;
    }

    /** Whether all entries are equal, however they are stored. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof InhibitionMatrix s) || s.units != units) {
            return false;
        }
        for (int i = 0; i < units; i++) {
            for (int j = 0; j <= i; j++) {
                if (s.get(i, j) != get(i, j)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = units;
        for (int i = 0; i < units; i++) {
            // adding zero turns -0 into 0
            hash = 31 * hash + Double.hashCode(get(i, (i + 1) % units) + 0.0) + Double.hashCode(diagonal(i) + 0.0);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "InhibitionMatrix[" + units + " units, " + elsewhere + " but for " + partners.length / 2 + " pairs"
                + (diagonal == null ? "]" : ", diagonal given]");
    }
}
