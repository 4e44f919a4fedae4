package io.github.dl4jsparse.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PoolingTest {
    private static final int BATCH = 5;

    static Stream<Groups> kinds() {
        return GroupsTest.kinds();
    }

    private static void assertClose(INDArray expected, INDArray actual, DataType type) {
        assertEquals(type, actual.dataType());
        assertArrayEquals(expected.shape(), actual.shape());
        assertEquals(0, Samples.distance(expected, actual), type == DataType.DOUBLE ? 1e-12 : 1e-4);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void poolAndSpreadAreTheWeightMatrix(Groups groups) {
        INDArray matrix = Nd4j.create(GroupsTest.dense(groups));
        INDArray codes = Samples.gaussian(1, BATCH, groups.units());
        INDArray pools = Samples.gaussian(2, BATCH, groups.count());
        for (Pooling pooling : new Pooling[] {new Pooling.OfMatrix(groups), new Pooling.OfRows(groups)}) {
            for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
                for (char order : "cf".toCharArray()) {
                    INDArray squares = codes.castTo(type).dup(order);
                    INDArray perGroup = pools.castTo(type).dup(order);
                    assertClose(codes.mmul(matrix.transpose()), pooling.pool(squares), type);
                    assertClose(pools.mmul(matrix), pooling.poolAdjoint(perGroup), type);
                    assertEquals(codes.castTo(type), squares);
                    assertEquals(pools.castTo(type), perGroup);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void spreadIsTheAdjointOfPool(Groups groups) {
        INDArray codes = Samples.gaussian(3, BATCH, groups.units());
        INDArray pools = Samples.gaussian(4, BATCH, groups.count());
        double left = Samples.dot(groups.pool(codes), pools);
        double right = Samples.dot(codes, groups.poolAdjoint(pools));
        assertEquals(left, right, 1e-12 * Math.max(1, Math.abs(left)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void viewsOfLargerArraysAreTaken(Groups groups) {
        INDArray wide = Samples.gaussian(5, groups.units(), 2 * BATCH).transpose();
        INDArray view = wide.get(NDArrayIndex.interval(0, 2, 2 * BATCH), NDArrayIndex.all());
        assertEquals(0, Samples.distance(groups.pool(view.dup()), groups.pool(view)), 1e-12);
    }

    @Test
    void kindOfGroupsDecides() {
        assertInstanceOf(Pooling.OfMatrix.class, Pooling.of(Groups.ring(6, Window.of(2))));
        assertInstanceOf(Pooling.OfRows.class, Pooling.of(Groups.ring(5000, Window.of(2))));
        assertInstanceOf(RowPooling.OfBlocks.class, RowPooling.of(Groups.blocks(6, 2)));
        Groups map = Groups.torus(20, 20, Window.of(5));
        assertInstanceOf(Pooling.OfRows.class, Pooling.of(map));
        assertInstanceOf(RowPooling.OfProduct.class, RowPooling.of(map));
        assertInstanceOf(
                RowPooling.OfRenumbered.class,
                RowPooling.of(map.renumbered(IntStream.range(0, 400).toArray())));
        assertInstanceOf(RowPooling.OfLists.class, RowPooling.of(Groups.ring(5000, Window.of(2))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bitsDoNotDependOnTheNumberOfThreads(Groups groups) {
        INDArray codes = Samples.gaussian(DataType.FLOAT, 6, 3000, groups.units());
        INDArray pools = Samples.gaussian(DataType.FLOAT, 7, 3000, groups.count());
        for (Pooling pooling : new Pooling[] {new Pooling.OfMatrix(groups), new Pooling.OfRows(groups)}) {
            ThreadsLaw.sameBits(() -> new INDArray[] {pooling.pool(codes), pooling.poolAdjoint(pools)});
        }
    }

    @Test
    void otherWidthsAreRefused() {
        Groups groups = Groups.ring(6, Window.of(3).stride(2));
        String message = assertThrows(IllegalArgumentException.class, () -> groups.pool(Nd4j.ones(2, 5)))
                .getMessage();
        assertEquals("squares must be a matrix [any, 6], got [2, 5]", message);
        assertThrows(IllegalArgumentException.class, () -> groups.poolAdjoint(Nd4j.ones(2, 6)));
    }
}
