package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project in {@code .ci/contracts}, which is built outside of this one, compiles, and the code of docs/testkit.md is its. */
class TestkitPageTest {
    private static final Path PROJECT = Path.of("..", ".ci", "contracts", "src");

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TestkitPageTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return withoutSpace(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void codeOfThePageIsThatOfTheProject(int block) throws IOException {
        String code = ReadmeProgram.block("docs/testkit.md", "java", block);
        // up to the end of the class, or the comment that stands for the rest of it
        int end = code.contains("    // ") ? code.indexOf("    // ") : code.lastIndexOf('}');
        assertTrue(sources().contains(withoutSpace(code.substring(0, end))), code);
    }

    @Test
    void versionIsThatOfTheModule() throws IOException {
        String page = ReadmeProgram.block("docs/testkit.md", "xml", 0);
        Matcher version = Pattern.compile("<version>.*?</version>").matcher(page);
        assertTrue(version.find(), page);
        assertTrue(
                Files.readString(Path.of("..", "dl4j-sparse-testkit", "pom.xml"))
                        .contains(version.group()),
                page);
    }

    /** A change of the API that breaks it is seen here, before it is built outside. */
    @Test
    void projectCompiles(@TempDir Path output) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null);
                Stream<Path> found = Files.walk(PROJECT)) {
            List<Path> sources =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options =
                    List.of("-proc:none", "-d", output.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            null, files, problems, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue(compiled, () -> problems.getDiagnostics().toString());
        }
    }
}
