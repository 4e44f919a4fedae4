package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The JSON form of an inhibition matrix: for each unit its listed partners of higher index.
 *
 * @param units     the number of units
 * @param elsewhere the strength of the pairs that are not listed
 * @param partners  for each unit i the listed j &gt; i, ascending
 * @param strengths of each listed pair, in that order; a single element if all are equal
 * @param diagonal  an entry a unit; null for zeros
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InhibitionPairs(
        @JsonProperty("units") int units,
        @JsonProperty("elsewhere") double elsewhere,
        @JsonProperty("partners") int[][] partners,
        @JsonProperty("strengths") double[] strengths,
        @JsonProperty("diagonal") double[] diagonal) {
    @JsonCreator
    InhibitionPairs {}

    /** Whether a pair is listed. */
    @FunctionalInterface
    interface Listed {
        boolean test(int i, int j);
    }

    /** A matrix with one strength for the pairs of a relation, which is symmetric, and another for the rest. */
    static InhibitionMatrix of(int units, double elsewhere, Listed listed, double strength) {
        Args.atLeast("units", units, 1);
        int[][] rows = new int[units][];
        for (int unit = 0; unit < units; unit++) {
            int i = unit;
            rows[i] = strength == elsewhere
                    ? new int[0]
                    : IntStream.range(0, units)
                            .filter(j -> j != i && listed.test(i, j))
                            .toArray();
        }
        int[] offsets = offsets(rows);
        int[] members = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
        double[] strengths = new double[members.length];
        Arrays.fill(strengths, strength);
        return new InhibitionMatrix(units, elsewhere, offsets, members, strengths, null);
    }

    private static int[] offsets(int[][] rows) {
        int[] offsets = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], rows[i].length);
        }
        return offsets;
    }

    /**
     * A checked matrix from all its entries. The strength of pairs that are not listed is zero, or that of all pairs if
     * they are equal.
     */
    static InhibitionMatrix of(double[][] entries) {
        int units = Args.given("S", entries).length;
        Args.atLeast("number of rows of S", units, 1);
        for (int i = 0; i < units; i++) {
            if (Args.given("row " + i + " of S", entries[i]).length != units) {
                throw Args.failure("row " + i + " of S", "of " + units + " entries, as S has rows", entries[i].length);
            }
            for (int j = 0; j < units; j++) {
                Args.nonNegative("S[" + i + "][" + j + "]", entries[i][j]);
            }
        }
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < i; j++) {
                if (entries[i][j] != entries[j][i]) {
                    throw Args.failure(
                            "S[" + i + "][" + j + "]",
                            "equal to S[" + j + "][" + i + "] = " + entries[j][i] + ", S being symmetric",
                            entries[i][j]);
                }
            }
        }
        return unchecked(entries);
    }

    /** Lists the pairs that differ from zero or from the strength of the first pair, whichever is more frequent. */
    private static InhibitionMatrix unchecked(double[][] entries) {
        int units = entries.length;
        double first = units > 1 ? entries[0][1] : 0;
        double elsewhere = count(entries, first) > count(entries, 0) ? first : 0;
        int[][] rows = new int[units][];
        double[] diagonal = new double[units];
        for (int unit = 0; unit < units; unit++) {
            int i = unit;
            diagonal[i] = entries[i][i];
            rows[i] = IntStream.range(0, units)
                    .filter(j -> j != i && entries[i][j] != elsewhere)
                    .toArray();
        }
        int[] offsets = offsets(rows);
        double[] strengths = new double[offsets[units]];
        int place = 0;
        for (int i = 0; i < units; i++) {
            for (int j : rows[i]) {
                strengths[place++] = entries[i][j];
            }
        }
        int[] members = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
        return new InhibitionMatrix(units, elsewhere, offsets, members, strengths, diagonal);
    }

    private static long count(double[][] entries, double value) {
        long count = 0;
        for (int i = 0; i < entries.length; i++) {
            for (int j = 0; j < i; j++) {
                count += entries[i][j] == value ? 1 : 0;
            }
        }
        return count;
    }

    /** The matrix of chosen units, each once. */
    static InhibitionMatrix select(InhibitionMatrix matrix, int[] chosen) {
        Args.atLeast("number of units", chosen.length, 1);
        int[] places = new int[matrix.units];
        Arrays.fill(places, -1);
        for (int k = 0; k < chosen.length; k++) {
            if (chosen[k] < 0 || chosen[k] >= matrix.units) {
                throw Args.failure("unit", "from 0 to " + (matrix.units - 1), chosen[k]);
            }
            if (places[chosen[k]] >= 0) {
                throw Args.failure("unit", "there once", chosen[k] + " twice");
            }
            places[chosen[k]] = k;
        }
        int[][] rows = new int[chosen.length][];
        double[] diagonal = new double[chosen.length];
        for (int k = 0; k < chosen.length; k++) {
            diagonal[k] = matrix.diagonal(chosen[k]);
            rows[k] = IntStream.range(matrix.offsets[chosen[k]], matrix.offsets[chosen[k] + 1])
                    .map(place -> places[matrix.partners[place]])
                    .filter(place -> place >= 0)
                    .sorted()
                    .toArray();
        }
        int[] offsets = offsets(rows);
        double[] strengths = new double[offsets[chosen.length]];
        int place = 0;
        for (int k = 0; k < chosen.length; k++) {
            for (int other : rows[k]) {
                strengths[place++] = matrix.get(chosen[k], chosen[other]);
            }
        }
        int[] members = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
        return new InhibitionMatrix(chosen.length, matrix.elsewhere, offsets, members, strengths, diagonal);
    }

    static InhibitionPairs of(InhibitionMatrix matrix) {
        int[][] higher = new int[matrix.units][];
        double[] each = new double[matrix.partners.length / 2];
        int next = 0;
        for (int i = 0; i < matrix.units; i++) {
            int from = matrix.offsets[i];
            while (from < matrix.offsets[i + 1] && matrix.partners[from] < i) {
                from++;
            }
            higher[i] = Arrays.copyOfRange(matrix.partners, from, matrix.offsets[i + 1]);
            System.arraycopy(matrix.strengths, from, each, next, higher[i].length);
            next += higher[i].length;
        }
        boolean same = each.length > 1 && Arrays.stream(each).allMatch(s -> s == each[0]);
        return new InhibitionPairs(
                matrix.units, matrix.elsewhere, higher, same ? new double[] {each[0]} : each, matrix.diagonal);
    }

    /** Where the partners of each unit start among all, those of both directions; the last is their number. */
    private int[] starts() {
        int[] counts = new int[units + 1];
        for (int i = 0; i < units; i++) {
            for (int k = 0; k < partners[i].length; k++) {
                int j = partners[i][k];
                int least = k == 0 ? i + 1 : partners[i][k - 1] + 1;
                if (j < least || j >= units) {
                    throw Args.failure("partner of unit " + i, "ascending, from " + least + " to " + (units - 1), j);
                }
                counts[i + 1]++;
                counts[j + 1]++;
            }
        }
        Arrays.parallelPrefix(counts, Integer::sum);
        return counts;
    }

    /** The checked matrix. */
    InhibitionMatrix matrix() {
        Args.atLeast("units", units, 1);
        Args.nonNegative("elsewhere", elsewhere);
        if (Args.given("partners", partners).length != units) {
            throw Args.failure("partners", "given for each of the " + units + " units", partners.length);
        }
        int listed = offsets(partners)[units];
        if (Args.given("strengths", strengths).length != listed && !(strengths.length == 1 && listed > 0)) {
            throw Args.failure("strengths", "one for all, or one for each of " + listed + " pairs", strengths.length);
        }
        int[] counts = starts();
        int[] next = counts.clone();
        int[] all = new int[2 * listed];
        double[] values = new double[2 * listed];
        int pair = 0;
        for (int i = 0; i < units; i++) {
            for (int j : partners[i]) {
                double value = Args.nonNegative("S[" + i + "][" + j + "]", strengths[strengths.length == 1 ? 0 : pair]);
                pair++;
                // partners below a unit were added first, in the order of the units, so that they are ascending
                all[next[i]] = j;
                values[next[i]++] = value;
                all[next[j]] = i;
                values[next[j]++] = value;
            }
        }
        InhibitionMatrix matrix = new InhibitionMatrix(units, elsewhere, counts, all, values, null);
        return diagonal == null ? matrix : matrix.withDiagonal(diagonal);
    }
}
