package io.github.dl4jsparse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to type. */
class ReadmeTest {
    private static final String IMPORTS =
            """
            import io.github.dl4jsparse.energy.*;
            import io.github.dl4jsparse.group.*;
            import io.github.dl4jsparse.nn.lista.*;
            import io.github.dl4jsparse.nn.normalization.*;
            import io.github.dl4jsparse.nn.pooling.*;
            import io.github.dl4jsparse.operator.*;
            import io.github.dl4jsparse.solver.*;
            import io.github.dl4jsparse.train.*;
            import org.deeplearning4j.nn.conf.*;
            import org.deeplearning4j.nn.conf.inputs.*;
            import org.deeplearning4j.nn.conf.layers.*;
            import org.deeplearning4j.nn.multilayer.*;
            import org.nd4j.linalg.activations.*;
            import org.nd4j.linalg.api.ndarray.INDArray;
            import org.nd4j.linalg.dataset.api.iterator.*;
            import org.nd4j.linalg.learning.config.*;
            import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
            """;

    @Test
    void theProgramCompiles(@TempDir Path output) throws Exception {
        String source = IMPORTS + "class Program { void run(DataSetIterator images, DataSetIterator labelled) {\n"
                + ReadmeProgram.block("java", 0) + ReadmeProgram.block("java", 1)
                + "} void solve(INDArray dictionary, INDArray patches) {\n"
                + ReadmeProgram.block("java", 2)
                + "} }";
        assertEquals(List.of(), ReadmeProgram.errors(source, output));
    }

    @Test
    void theCommandsNameWhatTheBuildMakes() throws Exception {
        String commands = ReadmeProgram.block("sh", 0);
        assertTrue(commands.contains("dl4j-sparse-examples/target/sparse.jar drsae"), commands);
        assertEquals(
                0,
                SparseCommand.commandLine()
                        .setOut(new java.io.PrintWriter(java.io.Writer.nullWriter()))
                        .execute("drsae", "--help"));
    }
}
