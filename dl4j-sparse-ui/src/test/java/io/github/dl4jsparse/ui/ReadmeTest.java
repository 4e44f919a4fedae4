package io.github.dl4jsparse.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of watching a training. */
class ReadmeTest {
    private static final String IMPORTS =
            """
            import io.github.dl4jsparse.diagnostics.*;
            import io.github.dl4jsparse.train.*;
            import io.github.dl4jsparse.ui.*;
            import java.nio.file.Path;
            import org.deeplearning4j.core.storage.*;
            import org.deeplearning4j.nn.multilayer.*;
            import org.deeplearning4j.ui.api.*;
            import org.deeplearning4j.ui.model.stats.*;
            import org.deeplearning4j.ui.model.storage.*;
            import org.nd4j.linalg.api.ndarray.INDArray;
            import org.nd4j.linalg.dataset.api.iterator.*;
            """;

    @Test
    void theProgramCompiles(@TempDir Path output) throws IOException {
        String program = ReadmeProgram.block("java", 3);
        assertTrue(program.contains("new StatsStorageFeed("), program);
        String source = IMPORTS
                + "class Program { void run(MultiLayerNetwork net, INDArray probe, DataSetIterator images,"
                + " DataSetIterator labelled) throws Exception {\n"
                + program + "} }";
        assertEquals(List.of(), ReadmeProgram.errors(source, output));
    }
}
