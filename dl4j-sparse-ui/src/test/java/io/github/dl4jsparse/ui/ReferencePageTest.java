package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/reference.md for watching a training. */
class ReferencePageTest {
    @Test
    void theProgramCompiles(@TempDir Path output) throws IOException {
        String program = ReadmeProgram.block("docs/reference.md", "java", 2);
        assertTrue(program.contains("new StatsStorageFeed("), program);
        String source = ReadmeProgram.inMethod(
                program,
                "org.deeplearning4j.nn.multilayer.MultiLayerNetwork net, org.nd4j.linalg.api.ndarray.INDArray probe,"
                        + " org.nd4j.linalg.api.ndarray.INDArray images,"
                        + " org.nd4j.linalg.dataset.api.iterator.DataSetIterator labelled");
        assertEquals(List.of(), ReadmeProgram.errors(source, output));
    }
}
