package io.github.dl4jsparse.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InhibitionMatrixTest {
    /** Not numbered from the root: 3 over 0 and 1, 0 over 2 and 4. */
    private static final Tree TREE = Tree.ofParents(new int[] {3, 3, 0, -1, 0});

    private static final double[][] EXPLICIT = {
        {0.5, 1, 0, 2}, {1, 0, 0.25, 0}, {0, 0.25, 0, 0}, {2, 0, 0, 3},
    };

    static Stream<InhibitionMatrix> all() {
        return Stream.of(
                InhibitionMatrix.uniform(5, 0.5),
                InhibitionMatrix.uniform(1, 0.5),
                InhibitionMatrix.uniform(4, 0),
                InhibitionMatrix.tree(TREE, 2),
                InhibitionMatrix.tree(Tree.branching(2, 2), 0.3).withDiagonal(0.1),
                InhibitionMatrix.ring(8, 1, 3, 1.5),
                InhibitionMatrix.annulus(5, 6, 1, 2.3, 0.7),
                InhibitionMatrix.of(EXPLICIT),
                InhibitionMatrix.of(random(9, 0.4)),
                InhibitionMatrix.annulus(4, 7, 0, 2, 1).withDiagonal(2));
    }

    /** Symmetric with a share of zeros. */
    private static double[][] random(int units, double zeros) {
        double[][] s = Samples.rows(Samples.gaussian(3, units, units));
        for (int i = 0; i < units; i++) {
            for (int j = 0; j <= i; j++) {
                s[i][j] = Math.abs(s[i][j]) < zeros ? 0 : Math.abs(s[i][j]);
                s[j][i] = s[i][j];
            }
        }
        return s;
    }

    @ParameterizedTest
    @MethodSource("all")
    void isSymmetricNonNegativeAndOneMatrixHoweverItIsRead(InhibitionMatrix s) {
        double[][] entries = s.toArray();
        for (int i = 0; i < s.units(); i++) {
            for (int j = 0; j < s.units(); j++) {
                assertEquals(entries[i][j], s.get(i, j));
                assertEquals(entries[i][j], entries[j][i]);
                assertTrue(entries[i][j] >= 0);
            }
            assertEquals(entries[i][i], s.diagonal(i));
            double[] row = new double[s.units()];
            s.addRow(i, -3, row);
            for (int j = 0; j < s.units(); j++) {
                assertEquals(i == j ? 0 : -3 * entries[i][j], row[j], 1e-15);
            }
        }
    }

    @Test
    void treeIsZeroExactlyBetweenAncestorsAndDescendants() {
        for (Tree tree : new Tree[] {TREE, Tree.branching(3, 2, 2)}) {
            InhibitionMatrix s = InhibitionMatrix.tree(tree, 0.8);
            for (int i = 0; i < tree.size(); i++) {
                for (int j = 0; j < tree.size(); j++) {
                    boolean related = i == j || isAbove(tree, i, j) || isAbove(tree, j, i);
                    assertEquals(related ? 0 : 0.8, s.get(i, j), i + ", " + j);
                }
            }
        }
    }

    private static boolean isAbove(Tree tree, int ancestor, int node) {
        for (int i = tree.parent(node); i >= 0; i = tree.parent(i)) {
            if (i == ancestor) {
                return true;
            }
        }
        return false;
    }

    @Test
    void ringInhibitsNearButNotImmediateNeighbours() {
        InhibitionMatrix s = InhibitionMatrix.ring(7, 1, 2, 4);
        assertArrayEquals(new double[] {0, 0, 4, 0, 0, 4, 0}, s.toArray()[0]);
        assertArrayEquals(new double[] {0, 4, 0, 0, 4, 0, 0}, s.toArray()[6]);
        // half way round the two ways are one
        assertArrayEquals(
                new double[] {0, 0, 0, 1, 0, 0},
                InhibitionMatrix.ring(6, 2, 9, 1).toArray()[0]);
    }

    @Test
    void annulusFollowsTheDistanceOnTheTorus() {
        int height = 5;
        int width = 8;
        InhibitionMatrix s = InhibitionMatrix.annulus(height, width, 1.2, 2.5, 3);
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int up = -1; up <= 1; up++) {
                    for (int left = -1; left <= 1; left++) {
                        nearest = Math.min(
                                nearest,
                                Math.hypot(i / width - j / width + up * height, i % width - j % width + left * width));
                    }
                }
                assertEquals(nearest > 1.2 && nearest <= 2.5 ? 3 : 0, s.get(i, j), i + ", " + j);
            }
        }
        assertEquals(0, InhibitionMatrix.annulus(3, 3, 0, 1, 1).get(4, 4));
        assertEquals(1, InhibitionMatrix.annulus(3, 3, 0, 1, 1).get(4, 5));
    }

    @Test
    void explicitMatrixKeepsItsEntries() {
        assertArrayEquals(EXPLICIT, InhibitionMatrix.of(EXPLICIT).toArray());
        double[][] random = random(9, 0.4);
        InhibitionMatrix s = InhibitionMatrix.of(random);
        double entry = random[0][1];
        random[0][1] = 100;
        assertEquals(entry, s.get(0, 1), "a copy");
    }

    @ParameterizedTest
    @MethodSource("all")
    void productsAreThoseOfTheEntries(InhibitionMatrix s) {
        INDArray dense = Nd4j.create(s.toArray());
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT, DataType.DOUBLE}) {
            INDArray codes = Samples.gaussian(5, 3, s.units());
            double tolerance = type == DataType.DOUBLE ? 1e-13 : 1e-4;
            INDArray product = s.product(codes.castTo(type));
            assertEquals(type, product.dataType());
            assertEquals(0, Samples.distance(codes.mmul(dense), product), tolerance);
            assertEquals(
                    0,
                    Samples.distance(
                            codes.mmul(dense), s.product(codes.castTo(type).dup('f'))),
                    tolerance);
            INDArray scaled = product.ulike();
            s.product(codes.castTo(type), -2, scaled);
            assertEquals(0, Samples.distance(codes.mmul(dense).muli(-2), scaled), 2 * tolerance);
            INDArray byPairs = product.ulike();
            new InhibitionProduct.OfPairs(s).multiply(codes.castTo(type), 1, byPairs);
            assertEquals(0, Samples.distance(product, byPairs), tolerance);
        }
    }

    @Test
    void largeMatricesNeedNoMemoryForTheirZeros() {
        // 10,000 units: 800 MB as a matrix
        InhibitionMatrix s = InhibitionMatrix.ring(10_000, 1, 3, 0.5);
        INDArray ones = Nd4j.ones(DataType.FLOAT, 1, 10_000);
        INDArray product = s.product(ones);
        assertEquals(2, product.minNumber().doubleValue(), 1e-6);
        assertEquals(2, product.maxNumber().doubleValue(), 1e-6);
        assertEquals(2, s.spectralBound(), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("all")
    void spectralBoundIsTheLargestEigenvalue(InhibitionMatrix s) {
        double largest = largestEigenvalue(s.toArray());
        assertTrue(s.spectralBound() >= largest * (1 - 1e-14), s.spectralBound() + " < " + largest);
        assertEquals(largest, s.spectralBound(), 1e-5 * largest);
    }

    @Test
    void spectralBoundHoldsForTwoSidedAndForSeparateParts() {
        // a star swings between its centre and its points; separate parts have an eigenvalue each
        double[][] star = {{0, 1, 1, 1}, {1, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}};
        assertEquals(Math.sqrt(3), InhibitionMatrix.of(star).spectralBound(), 1e-7);
        double[][] parts = {{0, 2, 0, 0}, {2, 0, 0, 0}, {0, 0, 0, 3}, {0, 0, 3, 0}};
        assertEquals(3, InhibitionMatrix.of(parts).spectralBound(), 1e-7);
        double[][] alone = {{0, 2, 0}, {2, 0, 0}, {0, 0, 0}};
        assertEquals(2, InhibitionMatrix.of(alone).spectralBound(), 1e-7);
        assertEquals(0, InhibitionMatrix.uniform(6, 0).spectralBound());
    }

    /** By Jacobi's rotations. */
    private static double largestEigenvalue(double[][] a) {
        int n = a.length;
        for (int sweep = 0; sweep < 60; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = 0; q < p; q++) {
                    if (a[p][q] == 0) {
                        continue;
                    }
                    double angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
                    double c = Math.cos(angle);
                    double s = Math.sin(angle);
                    for (int k = 0; k < n; k++) {
                        double kp = a[k][p];
                        a[k][p] = c * kp - s * a[k][q];
                        a[k][q] = s * kp + c * a[k][q];
                    }
                    for (int k = 0; k < n; k++) {
                        double pk = a[p][k];
                        a[p][k] = c * pk - s * a[q][k];
                        a[q][k] = s * pk + c * a[q][k];
                    }
                }
            }
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(a[i][i]));
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("all")
    void selectionTakesRowsAndColumnsInItsOrder(InhibitionMatrix s) {
        int n = s.units();
        int[] chosen = n > 2 ? new int[] {n - 1, 0, n / 2} : new int[] {0};
        InhibitionMatrix part = s.select(chosen);
        for (int i = 0; i < chosen.length; i++) {
            for (int j = 0; j < chosen.length; j++) {
                assertEquals(s.get(chosen[i], chosen[j]), part.get(i, j));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void copiesAreEqual(InhibitionMatrix s) throws IOException, ClassNotFoundException {
        String json = NeuralNetConfiguration.mapper().writeValueAsString(s);
        assertEquals(s, NeuralNetConfiguration.mapper().readValue(json, InhibitionMatrix.class), json);
        String yaml = NeuralNetConfiguration.mapperYaml().writeValueAsString(s);
        assertEquals(s, NeuralNetConfiguration.mapperYaml().readValue(yaml, InhibitionMatrix.class), yaml);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(s);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(s, in.readObject());
        }
        InhibitionMatrix other = InhibitionMatrix.of(s.toArray());
        assertEquals(s, other, "however it is kept");
        assertEquals(s.hashCode(), other.hashCode());
    }

    @Test
    void equalsComparesEntries() {
        assertNotEquals(InhibitionMatrix.uniform(4, 1), InhibitionMatrix.uniform(4, 2));
        assertNotEquals(InhibitionMatrix.uniform(4, 1), InhibitionMatrix.uniform(5, 1));
        assertNotEquals(
                InhibitionMatrix.uniform(4, 1), InhibitionMatrix.uniform(4, 1).withDiagonal(1));
        assertNotEquals(InhibitionMatrix.ring(6, 0, 1, 1), InhibitionMatrix.ring(6, 0, 2, 1));
    }

    @Test
    void jsonOfATreeHasItsPathsAlone() throws IOException {
        String json = NeuralNetConfiguration.mapper().writeValueAsString(InhibitionMatrix.tree(Tree.branching(2), 2));
        assertEquals(
                "{\"elsewhere\":2.0,\"partners\":[[1,2],[],[]],\"strengths\":[0.0],\"units\":3}",
                json.replaceAll("\\s", ""));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void badMatricesAreRefusedByName() {
        BiConsumer<String, double[][]> bad = (message, s) -> refused(message, () -> InhibitionMatrix.of(s));
        bad.accept(
                "S[1][0] must be equal to S[0][1] = 1.0, S being symmetric, got 2.0", new double[][] {{0, 1}, {2, 0}});
        bad.accept("S[0][1] must be finite and >= 0, got -1.0", new double[][] {{0, -1}, {-1, 0}});
        bad.accept("S[0][1] must be finite and >= 0, got NaN", new double[][] {{0, Double.NaN}, {1, 0}});
        bad.accept("S[1][1] must be finite and >= 0, got NaN", new double[][] {{0, 1}, {1, Double.NaN}});
        bad.accept("S[1][0] must be finite and >= 0, got Infinity", new double[][] {{0, 1}, {1 / 0.0, 0}});
        bad.accept("row 1 of S must be of 2 entries, as S has rows, got 3", new double[][] {{0, 1}, {1, 0, 1}});
        bad.accept("number of rows of S must be at least 1, got 0", new double[0][]);
        bad.accept("S must be given, got null", null);
    }

    @Test
    void badStructuresAreRefusedByName() {
        Tree forest = Tree.ofParents(new int[] {-1, 0, -1});
        refused("tree must be one with a single root, got [0, 2] as roots", () -> InhibitionMatrix.tree(forest, 1));
        refused("strength must be finite and >= 0, got -1.0", () -> InhibitionMatrix.tree(TREE, -1));
        refused("strength must be finite and >= 0, got NaN", () -> InhibitionMatrix.uniform(3, Double.NaN));
        refused("units must be at least 1, got 0", () -> InhibitionMatrix.uniform(0, 1));
        refused("length must be at least 1, got 0", () -> InhibitionMatrix.ring(0, 1, 2, 1));
        refused("outer radius must be above the inner radius 2.0, got 2.0", () -> InhibitionMatrix.ring(9, 2, 2, 1));
        refused("inner radius must be finite and >= 0, got -1.0", () -> InhibitionMatrix.annulus(3, 3, -1, 2, 1));
        refused("width must be at least 1, got 0", () -> InhibitionMatrix.annulus(3, 0, 1, 2, 1));
        InhibitionMatrix s = InhibitionMatrix.uniform(3, 1);
        refused("diagonal must be of 3 entries, one a unit, got 2", () -> s.withDiagonal(new double[2]));
        refused("S[2][2] must be finite and >= 0, got -1.0", () -> s.withDiagonal(new double[] {0, 0, -1}));
        refused("unit must be from 0 to 2, got 3", () -> s.select(0, 3));
        refused("unit must be there once, got 1 twice", () -> s.select(1, 1));
        refused("number of units must be at least 1, got 0", s::select);
        refused("magnitudes must be a matrix [any, 3], got [2, 4]", () -> s.product(Nd4j.ones(2, 4)));
    }

    @Test
    void badJsonIsRefusedByName() {
        for (String[] bad : new String[][] {
            {"{\"units\":2,\"elsewhere\":-1,\"partners\":[[],[]],\"strengths\":[]}", "elsewhere must be finite"},
            {"{\"units\":2,\"elsewhere\":0,\"partners\":[[1]],\"strengths\":[1]}", "partners must be given for each of"
            },
            {
                "{\"units\":2,\"elsewhere\":0,\"partners\":[[],[0]],\"strengths\":[1]}",
                "partner of unit 1 must be ascending"
            },
            {"{\"units\":2,\"elsewhere\":0,\"partners\":[[1],[]],\"strengths\":[1,2]}", "strengths must be one for all"
            },
            {"{\"units\":2,\"elsewhere\":0,\"partners\":[[1],[]],\"strengths\":[\"NaN\"]}", "S[0][1] must be finite"},
        }) {
            Exception e = assertThrows(
                    IOException.class, () -> NeuralNetConfiguration.mapper().readValue(bad[0], InhibitionMatrix.class));
            assertTrue(e.getMessage().contains(bad[1]), e.getMessage());
        }
    }
}
