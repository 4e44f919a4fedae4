package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NeighbourSimilarityTest {
    private static final int PERMUTATIONS = NeighbourSimilarity.PERMUTATIONS;

    /** Localised bumps on a ring of 24 pixels for each axis of the map, the bump's position following the unit's. */
    private static INDArray smoothMap(int height, int width) {
        double[][] filters = new double[48][height * width];
        for (int unit = 0; unit < height * width; unit++) {
            for (int k = 0; k < 24; k++) {
                double vertical = Math.IEEEremainder(k / 24.0 - (double) (unit / width) / height, 1);
                double horizontal = Math.IEEEremainder(k / 24.0 - (double) (unit % width) / width, 1);
                filters[k][unit] = Math.exp(-vertical * vertical * 150);
                filters[24 + k][unit] = -Math.exp(-horizontal * horizontal * 150);
            }
        }
        return Nd4j.createFromArray(filters);
    }

    /** Every child is its parent with some change. */
    private static INDArray inherited(int[] parents) {
        INDArray filters = Samples.gaussian(9, 30, parents.length);
        for (int unit = 1; unit < parents.length; unit++) {
            filters.putColumn(
                    unit,
                    filters.getColumn(unit)
                            .mul(0.8)
                            .add(filters.getColumn(parents[unit]).mul(0.6)));
        }
        return filters;
    }

    private static int[] binaryTree(int units) {
        int[] parents = new int[units];
        for (int unit = 0; unit < units; unit++) {
            parents[unit] = (unit + 1) / 2 - 1;
        }
        return parents;
    }

    @Test
    void seesAPlantedMap() {
        INDArray filters = smoothMap(8, 10);
        INDArray copy = filters.dup();
        NeighbourSimilarity map = NeighbourSimilarity.torus(filters, 8, 10, PERMUTATIONS, 1);
        assertTrue(map.ratio() > 2, "ratio " + map.ratio());
        assertEquals(1e-3, map.pValue(), 1e-12);
        assertEquals(copy, filters);
    }

    @Test
    void seesThatChildrenResembleTheirParents() {
        int[] parents = binaryTree(31);
        NeighbourSimilarity tree = NeighbourSimilarity.tree(inherited(parents), parents, PERMUTATIONS, 1);
        assertTrue(tree.ratio() > 2, "ratio " + tree.ratio());
        assertEquals(1e-3, tree.pValue(), 1e-12);
    }

    @Test
    void givesAnyPForRandomFilters() {
        double mean = 0;
        for (int seed = 0; seed < 50; seed++) {
            INDArray filters = Samples.gaussian(seed, 20, 5 * 7);
            mean += NeighbourSimilarity.torus(filters, 5, 7, 199, seed).pValue() / 50;
        }
        assertEquals(0.5, mean, 0.15);
    }

    /** Directions at 0, 60, 90 and 180 degrees: |cos| of 1/2, 0, 1, sqrt(3)/2, 1/2 and 0 from the first pair on. */
    @Test
    void isTheQuotientOfTwoMeans() {
        double s = Math.sqrt(3);
        INDArray filters = Nd4j.createFromArray(new double[][] {{2, 1, 0, -3}, {0, s, 5, 0}});
        NeighbourSimilarity pairs = NeighbourSimilarity.pairs(filters, new int[][] {{0, 1}, {3, 0}}, 9, 1);
        assertEquals(0.75, pairs.neighbourMean(), 1e-12);
        assertEquals((2 + s / 2) / 6, pairs.overallMean(), 1e-12);
        assertEquals(0.75 * 6 / (2 + s / 2), pairs.ratio(), 1e-12);
    }

    @Test
    void countsEachPairOfATorusOnce() {
        INDArray filters = Samples.gaussian(3, 5, 6);
        int[][] edges = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {0, 3}, {1, 4}, {2, 5}};
        assertEquals(
                NeighbourSimilarity.pairs(filters, edges, 1, 1).neighbourMean(),
                NeighbourSimilarity.torus(filters, 2, 3, 1, 1).neighbourMean(),
                1e-12);
        int[][] ring = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}};
        assertEquals(
                NeighbourSimilarity.pairs(filters, ring, 1, 1).neighbourMean(),
                NeighbourSimilarity.torus(filters, 1, 6, 1, 1).neighbourMean(),
                1e-12);
    }

    @Test
    void leavesFiltersOfZerosOut() {
        INDArray filters = Samples.gaussian(4, 12, 6);
        int[][] chain = {{0, 1}, {1, 2}, {2, 3}, {3, 4}};
        NeighbourSimilarity alone = NeighbourSimilarity.pairs(filters.dup(), chain, 99, 5);
        INDArray withZero = Nd4j.hstack(filters, Nd4j.zeros(filters.dataType(), 12, 1));
        int[][] longer = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 6}};
        assertEquals(alone, NeighbourSimilarity.pairs(withZero, longer, 99, 5));
    }

    @Test
    void knowsNothingWithoutAPair() {
        INDArray zeros = Nd4j.zeros(4, 6);
        NeighbourSimilarity dead = NeighbourSimilarity.torus(zeros, 2, 3, 9, 1);
        assertTrue(Double.isNaN(dead.ratio()));
        assertEquals(1, dead.pValue());
        // filters that do not overlap
        NeighbourSimilarity orthogonal = NeighbourSimilarity.torus(Nd4j.eye(6), 2, 3, 9, 1);
        assertTrue(Double.isNaN(orthogonal.ratio()));
        assertEquals(1, orthogonal.pValue());
    }

    @Test
    void takesEqualArrangementsAsNotLess() {
        // on a ring of three every arrangement has the same pairs
        NeighbourSimilarity ring = NeighbourSimilarity.torus(Samples.gaussian(8, 9, 3), 1, 3, 50, 1);
        assertEquals(1, ring.pValue());
        assertEquals(1, ring.ratio(), 1e-12);
    }

    @Test
    void repeatsItselfForASeed() {
        INDArray filters = Samples.gaussian(2, 8, 20);
        NeighbourSimilarity first = NeighbourSimilarity.torus(filters, 4, 5, 199, 1);
        assertEquals(first, NeighbourSimilarity.torus(filters, 4, 5, 199, 1));
        assertNotEquals(
                first.pValue(), NeighbourSimilarity.torus(filters, 4, 5, 199, 2).pValue());
    }

    @Test
    void refusesPlacesThatAreNot() {
        INDArray filters = Samples.gaussian(2, 8, 6);
        assertEquals(
                "filters must be a matrix with 2 x 4 columns, got [8, 6]",
                assertThrows(IllegalArgumentException.class, () -> NeighbourSimilarity.torus(filters, 2, 4, 9, 1))
                        .getMessage());
        assertEquals(
                "pairs must be of two different units from 0 to 5, got [2, 6]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NeighbourSimilarity.pairs(filters, new int[][] {{2, 6}}, 9, 1))
                        .getMessage());
        for (int[] pair : new int[][] {{1}, {2, 2}, {-1, 0}}) {
            int[][] pairs = {pair};
            assertThrows(IllegalArgumentException.class, () -> NeighbourSimilarity.pairs(filters, pairs, 9, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> NeighbourSimilarity.torus(filters, 2, 3, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> NeighbourSimilarity.tree(filters, new int[5], 9, 1));
        INDArray flat = Nd4j.zeros(6);
        assertThrows(IllegalArgumentException.class, () -> NeighbourSimilarity.pairs(flat, new int[0][], 9, 1));
    }
}
