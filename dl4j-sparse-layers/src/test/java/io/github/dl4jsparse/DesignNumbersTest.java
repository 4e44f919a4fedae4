package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints and holds the sizes of the project's sources:
 * {@code mvn -pl dl4j-sparse-layers test -Dtest=DesignNumbersTest -Dsurefire.failIfNoSpecifiedTests=false}.
 * <p>Methods that are too long are listed in {@code design/long-methods.txt}. The list may only get shorter: a method that is not in it
 * fails, and so does a line of it that is no longer needed.
 */
class DesignNumbersTest {
    /** The most public types of the library outside of {@code internal} packages. */
    private static final int PUBLIC_TYPES = 110;

    private static List<DesignNumbers> modules;

    @BeforeAll
    static void print() {
        modules = DesignNumbers.ofModules();
        StringBuilder text = new StringBuilder("\n");
        for (DesignNumbers module : modules) {
            text.append(module.row()).append('\n');
            module.longFiles()
                    .forEach(file -> text.append("    file ").append(file).append('\n'));
            module.longMethods()
                    .forEach(method -> text.append("    method ").append(method).append('\n'));
        }
        System.out.println(text);
    }

    @Test
    void theLibraryHasFewPublicTypes() {
        List<String> types = modules.stream()
                .filter(module -> module.name().equals("dl4j-sparse-layers"))
                .findFirst()
                .orElseThrow()
                .publicTypes();
        assertTrue(
                types.size() <= PUBLIC_TYPES,
                () -> "at most " + PUBLIC_TYPES + " public types outside of internal packages, got " + types.size()
                        + ": make one package-private, or move it to an internal package\n" + String.join("\n", types));
    }

    @Test
    void filesAreShort() {
        List<String> files =
                modules.stream().flatMap(module -> module.longFiles().stream()).toList();
        assertEquals(List.of(), files, "files of at most " + DesignNumbers.FILE + " lines");
    }

    @Test
    void methodsAreShortButForListedOnes() {
        List<String> listed = listed();
        List<String> found = modules.stream()
                .flatMap(module -> module.longMethods().stream())
                .distinct()
                .toList();
        List<String> more =
                found.stream().filter(method -> !listed.contains(method)).toList();
        List<String> done =
                listed.stream().filter(method -> !found.contains(method)).toList();
        assertAll(
                () -> assertEquals(List.of(), more, "methods of at most " + DesignNumbers.METHOD + " lines"),
                () -> assertEquals(List.of(), done, "short by now: take them from design/long-methods.txt"));
    }

    /** The numbers are those of sources that one can count by hand. */
    @Test
    void countsTypesLinesAndMethods(@TempDir Path module) throws IOException {
        Path folder = Files.createDirectories(module.resolve("src/main/java/io/github/dl4jsparse/some/internal"));
        String body = "\n".repeat(DesignNumbers.METHOD);
        Files.writeString(
                folder.resolve("Hidden.java"),
                "package io.github.dl4jsparse.some.internal;\npublic class Hidden {\n    /** Not counted.\n */ void fits() {"
                        + body.substring(1) + "}\n    static class Own { void exceeds() {" + body + "} }\n}\n");
        Files.writeString(
                folder.getParent().resolve("Shown.java"),
                "package io.github.dl4jsparse.some;\npublic record Shown(int a) {}\nclass Other {}\n"
                        + "\n".repeat(DesignNumbers.FILE));
        DesignNumbers numbers = DesignNumbers.of(module);
        assertEquals(2, numbers.files());
        assertEquals(List.of("some.Shown"), numbers.publicTypes());
        assertEquals(1, numbers.internal());
        assertEquals(List.of("Shown.java " + (DesignNumbers.FILE + 3)), numbers.longFiles());
        assertEquals(List.of("some.internal.Hidden.Own.exceeds"), numbers.longMethods());
    }

    private static List<String> listed() {
        try (InputStream list = DesignNumbersTest.class.getResourceAsStream("/design/long-methods.txt")) {
            return Stream.of(new String(list.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
