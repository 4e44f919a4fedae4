package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NearestNeighboursTest {
    private static double distance(INDArray a, INDArray b) {
        return a.distance2(b);
    }

    private static int[] byHand(INDArray query, INDArray points, int count, int without) {
        return IntStream.range(0, (int) points.size(0))
                .filter(i -> i != without)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance(query, points.getRow(i))))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    @Test
    void areThoseOfSortedDistances() {
        INDArray points = Nd4j.rand(DataType.DOUBLE, 700, 5);
        INDArray queries = Nd4j.rand(DataType.DOUBLE, 1203, 5);
        NearestNeighbours neighbours = new NearestNeighbours(points);
        int[][] found = neighbours.of(queries, 7);
        int[][] others = neighbours.ofEach(3);
        for (int i = 0; i < 1203; i += 57) {
            assertArrayEquals(byHand(queries.getRow(i), points, 7, -1), found[i], "query " + i);
        }
        for (int i = 0; i < 700; i += 31) {
            assertArrayEquals(byHand(points.getRow(i), points, 3, i), others[i], "example " + i);
        }
    }

    @Test
    void ofEqualDistancesTheFirstIsNearer() {
        NearestNeighbours neighbours = new NearestNeighbours(Nd4j.create(new double[][] {{1}, {0}, {1}, {0}, {2}}));
        assertArrayEquals(new int[] {1, 3, 0}, neighbours.of(Nd4j.create(new double[][] {{0}}), 3)[0]);
    }

    @Test
    void mostNeighboursNameTheClassAndTheNearestDecides() {
        List<String> labels = List.of("a", "b", "b", "a", "c");
        assertEquals("b", NearestNeighbours.majority(new int[] {0, 1, 2}, labels));
        assertEquals("b", NearestNeighbours.majority(new int[] {1, 0, 3, 2}, labels));
        assertEquals("c", NearestNeighbours.majority(new int[] {4, 0}, labels));
    }

    @Test
    void wrongNumbersAreRefused() {
        NearestNeighbours neighbours = new NearestNeighbours(Nd4j.eye(3));
        assertThrows(IllegalArgumentException.class, () -> neighbours.ofEach(3));
        assertThrows(IllegalArgumentException.class, () -> neighbours.of(Nd4j.eye(3), 0));
        assertThrows(IllegalArgumentException.class, () -> neighbours.of(Nd4j.eye(4), 1));
        assertThrows(IllegalArgumentException.class, () -> new NearestNeighbours(Nd4j.zeros(2, 2, 2)));
    }
}
