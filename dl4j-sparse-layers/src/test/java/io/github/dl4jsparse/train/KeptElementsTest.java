package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.testkit.Samples;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KeptElementsTest {
    private static final KeptElements SOME = KeptElements.ofUnits(new int[] {0, 2}, 3);

    @Test
    void elementsOfSomeUnitsInBlocks() {
        // two blocks of three units, then three units: in c order the rows 0, 2, 3, 5 and in them the positions 0 and 2
        BitSet elements = SOME.of(new long[] {6, 3}, List.of(Axis.UNITS, Axis.UNITS));
        assertEquals("{0, 2, 6, 8, 9, 11, 15, 17}", elements.toString());
    }

    @Test
    void otherAxesStayWhole() {
        assertEquals(
                "{0, 2, 3, 5}",
                SOME.of(new long[] {2, 3}, List.of(Axis.OTHER, Axis.UNITS)).toString());
        assertEquals(
                "{0, 1, 4, 5}",
                SOME.of(new long[] {3, 2}, List.of(Axis.UNITS, Axis.INPUTS)).toString());
        assertEquals(
                "{0, 1, 2, 3, 8, 9, 10, 11}",
                SOME.of(new long[] {3, 2, 2}, List.of(Axis.UNITS, Axis.INPUTS, Axis.OTHER))
                        .toString());
        KeptElements inputs = KeptElements.ofInputs(new int[] {1}, 2);
        assertEquals(
                "{1, 3, 5}",
                inputs.of(new long[] {3, 2}, List.of(Axis.UNITS, Axis.INPUTS)).toString());
        assertEquals(
                6,
                KeptElements.ALL
                        .of(new long[] {3, 2}, List.of(Axis.UNITS, Axis.INPUTS))
                        .cardinality());
    }

    @Test
    void axesThatDoNotFitAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> SOME.of(new long[] {4, 2}, List.of(Axis.UNITS, Axis.INPUTS)))
                .getMessage();
        assertEquals("length of axis 0 must be a multiple of 3, got 4", message);
        assertThrows(IllegalArgumentException.class, () -> SOME.of(new long[] {3, 2}, List.of(Axis.UNITS)));
    }

    @Test
    void copiesWhateverTheOrder() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16}) {
            INDArray source = Samples.gaussian(type, 1, 3, 4).dup('f');
            INDArray target = Nd4j.createUninitialized(type, new long[] {2, 4}, 'f');
            BitSet elements = SOME.of(source.shape(), List.of(Axis.UNITS, Axis.OTHER));
            KeptElements.copy(source, elements, target);
            assertEquals(source.getRow(0).dup(), target.getRow(0).dup());
            assertEquals(source.getRow(2).dup(), target.getRow(1).dup());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KeptElements.copy(source, elements, Nd4j.createUninitialized(type, 2, 3)));
        }
    }
}
