package io.github.dl4jsparse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
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

    private static String readme() throws Exception {
        Path here = Path.of("README.md").toAbsolutePath();
        return Files.readString(Files.exists(here) ? here : Path.of("..", "README.md"));
    }

    private static String block(String language, int number) throws Exception {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme());
        for (int i = 0; i <= number; i++) {
            assertTrue(block.find(), "a block of " + language);
        }
        return block.group(1);
    }

    @Test
    void theProgramCompiles(@TempDir Path output) throws Exception {
        String source = IMPORTS + "class Program { void run(DataSetIterator images, DataSetIterator labelled) {\n"
                + block("java", 0) + block("java", 1) + "} void solve(INDArray dictionary, INDArray patches) {\n"
                + block("java", 2)
                + "} }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", output.toString(), "-classpath", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(null, null, problems, options, null, List.of(file))
                .call();
        assertTrue(compiled, problems.getDiagnostics().toString());
    }

    @Test
    void theCommandsNameWhatTheBuildMakes() throws Exception {
        String commands = block("sh", 0);
        assertTrue(commands.contains("dl4j-sparse-examples/target/sparse.jar drsae"), commands);
        assertEquals(
                0,
                SparseCommand.commandLine()
                        .setOut(new java.io.PrintWriter(java.io.Writer.nullWriter()))
                        .execute("drsae", "--help"));
    }
}
