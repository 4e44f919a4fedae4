package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.internal.io.AtomicFile;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Every function against ND4J's, with the shape of its result. */
class OnnxValueTest {
    @TempDir
    Path directory;

    private static final INDArray X = Samples.gaussian(DataType.FLOAT, 4, 2, 3, 5);

    private void check(INDArray expected, UnaryOperator<OnnxValue> function) throws IOException {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue result = function.apply(graph.input("x", OnnxValue.FREE, 3, 5));
        long[] said = result.shape();
        said[0] = said[0] == OnnxValue.FREE ? 2 : said[0];
        assertArrayEquals(expected.shape(), said);
        graph.output("y", result);
        Path file = directory.resolve("net.onnx");
        AtomicFile.write(file, graph.model("net")::writeTo);
        try (OnnxSession session = new OnnxSession(file)) {
            INDArray found = session.run(X).get("y");
            assertArrayEquals(expected.shape(), found.shape());
            assertEquals(
                    0, expected.castTo(DataType.FLOAT).sub(found).amaxNumber().doubleValue(), 1e-6);
        }
    }

    @Test
    void elementByElement() throws IOException {
        INDArray row = Samples.gaussian(DataType.FLOAT, 9, 5);
        check(Transforms.relu(X, true), OnnxValue::relu);
        check(Transforms.abs(X, true), x -> x.each("Abs"));
        check(X.mul(3), x -> x.times(3));
        check(X.add(row), x -> x.plus(x.graph().constant(row)));
        check(X.sub(row), x -> x.minus(x.graph().constant(row)));
        check(X.mul(row), x -> x.times(x.graph().constant(row)));
        check(X.div(row), x -> x.over(x.graph().constant(row)));
        check(Transforms.max(X, 0.2, true), x -> x.with("Max", x.graph().number(0.2)));
        check(Transforms.relu(X, true), x -> {
            OnnxValue zero = x.graph().number(0);
            return x.where(x.with("Greater", zero), zero);
        });
    }

    @Test
    void otherShapes() throws IOException {
        check(X.reshape(2, 15), x -> x.reshaped(15));
        check(X.reshape(2, 5, 3), x -> x.reshaped(5, 3));
        check(X.reshape(2, 5, 3), x -> x.reshaped(OnnxValue.FREE, 3).reshaped(5, 3));
        check(X.permute(0, 2, 1), x -> x.permuted(0, 2, 1));
        check(Nd4j.concat(2, X, X), x -> x.followedBy(x));
        check(Nd4j.concat(2, X, Nd4j.ones(DataType.FLOAT, 2, 3, 2)), x -> x.padded(2, 1));
        check(Nd4j.concat(2, X, X), x -> x.gathered(x.graph().indices(new int[] {0, 1, 2, 3, 4, 0, 1, 2, 3, 4}, 10)));
    }

    @Test
    void thatTheShapeIsAlreadyAddsNothing() {
        OnnxValue x = new OnnxGraph().input("x", OnnxValue.FREE, 3, 5);
        assertSame(x, x.reshaped(3, 5));
        assertSame(x, x.times(1));
    }

    @Test
    void sumsAndProducts() throws IOException {
        INDArray matrix = Samples.gaussian(DataType.FLOAT, 9, 5, 4);
        check(X.sum(true, 2), x -> x.sum(-1));
        check(X.mean(true, 1, 2), x -> x.mean(1, 2));
        check(X.max(true, 1), x -> x.max(1));
        check(
                Nd4j.stack(0, X.slice(0).mmul(matrix), X.slice(1).mmul(matrix)),
                x -> x.product(x.graph().constant(matrix)));
    }

    @Test
    void sizes() {
        OnnxValue x = new OnnxGraph().input("x", OnnxValue.FREE, 3, 5);
        assertEquals(15, x.sizeOfExample());
        assertEquals(5, x.size(-1));
        assertEquals(3, x.rank());
        assertEquals(
                OnnxValue.FREE, new OnnxGraph().input("x", 2, OnnxValue.FREE).sizeOfExample());
        assertThrows(IllegalArgumentException.class, () -> x.requireRank("a layer", 2));
    }
}
