package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.internal.parallel.Blocks;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowBlocksTest {
    @Test
    void blocksHaveAboutAsManyElementsAsAsked() {
        assertEquals(1, RowBlocks.of(10, 100, 2000).count());
        assertEquals(8, RowBlocks.of(100, 100, 1000).count());
        assertEquals(64, RowBlocks.of(100, 5000, 1000).count());
        assertEquals(1, RowBlocks.of(1, 0, 1000).count());
    }

    @Test
    void mapIsThatOfTheWholeInEveryOrder() {
        Blocks blocks = new Blocks(4, 11);
        INDArray wide = Samples.gaussian(1, 11, 9, 2);
        for (INDArray x : new INDArray[] {
            wide, wide.dup('f'), wide.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 7), NDArrayIndex.all())
        }) {
            INDArray result = RowBlocks.map(blocks, x, part -> part.sum(true, 1));
            assertEquals(0, Samples.distance(x.sum(true, 1), result), 1e-14);
            assertArrayEquals(new long[] {11, 1, 2}, result.shape());
        }
        INDArray whole = Samples.gaussian(2, 3, 4);
        assertSame(whole, RowBlocks.map(new Blocks(1, 3), whole, part -> part));
    }

    @Test
    void examplesAreViews() {
        Blocks blocks = new Blocks(2, 5);
        INDArray x = Samples.gaussian(3, 5, 2, 3, 4).permute(0, 3, 1, 2);
        INDArray last = RowBlocks.examples(x, blocks, 1);
        assertArrayEquals(new long[] {3, 4, 2, 3}, last.shape());
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(x.getDouble(2 + i, j, 1, 2), last.getDouble(i, j, 1, 2));
            }
        }
        last.assign(7);
        assertEquals(7, x.getDouble(4, 3, 1, 2));
        assertNull(RowBlocks.examples(null, blocks, 0));
    }

    @Test
    void copiesAreEqualAndInCOrder() {
        INDArray x = Samples.gaussian(4, 40, 20, 30, 5).permute(0, 3, 1, 2);
        INDArray copy = RowBlocks.copy(x);
        assertEquals('c', copy.ordering());
        assertEquals(0, Samples.distance(x, copy));
        INDArray turned = Samples.gaussian(5, 40, 20, 30, 5);
        RowBlocks.assign(turned.permute(0, 3, 1, 2), x);
        assertEquals(0, Samples.distance(x.permute(0, 2, 3, 1), turned));
    }

    @Test
    void productIsThatOfTheWholeInEveryOrder() {
        INDArray a = Samples.gaussian(6, 300, 20);
        INDArray b = Samples.gaussian(7, 20, 30);
        INDArray expected = a.mmul(b);
        for (INDArray left : new INDArray[] {a, a.dup('f'), a.transpose().dup().transpose()}) {
            assertEquals(0, Samples.distance(expected, RowBlocks.product(left, b.dup('f'))), 1e-13);
        }
        ThreadsLaw.sameBits(() -> new INDArray[] {RowBlocks.product(a, b)});
    }
}
