package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of docs/testkit.md is that of the project in {@code .ci/contracts}, which is built outside of this one. */
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
}
