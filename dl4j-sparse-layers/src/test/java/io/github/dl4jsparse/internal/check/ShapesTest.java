package io.github.dl4jsparse.internal.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShapesTest {
    private static INDArray zeros(long... shape) {
        return Nd4j.zeros(DataType.FLOAT, shape);
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void matrixOfTheWidthComesBack() {
        INDArray one = zeros(1, 3);
        assertSame(one, Shapes.matrix("input", one, 3));
        INDArray many = zeros(5, 3);
        assertSame(many, Shapes.matrix("input", many, 3));
    }

    @Test
    void otherRankOrWidthIsRefusedWithTheShape() {
        refused("input must be a matrix [any, 3], got [3]", () -> Shapes.matrix("input", zeros(3), 3));
        refused("input must be a matrix [any, 3], got [3, 2]", () -> Shapes.matrix("input", zeros(3, 2), 3));
        refused("input must be a matrix [any, 3], got [2, 3, 1]", () -> Shapes.matrix("input", zeros(2, 3, 1), 3));
        refused("input must be given, got null", () -> Shapes.matrix("input", null, 3));
    }

    @Test
    void sameShapePassesWhateverTheOrder() {
        assertDoesNotThrow(() -> Shapes.same("a", zeros(2, 3), "b", zeros(2, 3).dup('f')));
    }

    @Test
    void otherShapeIsRefusedWithBothShapes() {
        refused(
                "a must be of the shape of b [3, 2], got [2, 3]",
                () -> Shapes.same("a", zeros(2, 3), "b", zeros(3, 2)));
        refused("a must be of the shape of b [6], got [2, 3]", () -> Shapes.same("a", zeros(2, 3), "b", zeros(6)));
        refused("b must be given, got null", () -> Shapes.same("a", zeros(2, 3), "b", null));
    }
}
