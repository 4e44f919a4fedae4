package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.ReadmeProgram;
import io.github.dl4jsparse.examples.data.StripedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that README, CONTRIBUTING and docs tell people to type, taken from their text. */
class DocumentedCommandsTest {
    private static final Path ROOT = Files.exists(Path.of("README.md")) ? Path.of(".") : Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("sparse\\.jar((?: [^\\s`|]+)+)");
    private static final Pattern CLASS = Pattern.compile("sparse\\.jar (io\\.github\\.[\\w.]+)");

    /** A command as it stands on a page. */
    private record Documented(Path page, String arguments) {
        String[] words() {
            return arguments.strip().split(" +");
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    private static List<Documented> found(Pattern pattern) throws IOException {
        List<Documented> commands = new ArrayList<>();
        for (Path page : pages()) {
            pattern.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(arguments -> commands.add(new Documented(page, arguments)));
        }
        return commands;
    }

    /** Each has options that exist, with values of the right kind; files that it names need not exist for that. */
    @Test
    void everyCommandIsUnderstood() throws IOException {
        List<Documented> commands = found(COMMAND).stream()
                .filter(command -> !command.arguments().strip().startsWith("io.github"))
                // in a sentence: sparse.jar compare` tries them
                .filter(command -> !command.arguments().contains("--help"))
                // in a table: the name of the command alone
                .filter(command -> !command.arguments().strip().equals("inspect"))
                .toList();
        assertTrue(commands.size() >= 20, commands::toString);
        for (Documented command : commands) {
            CommandLine.ParseResult parsed =
                    assertDoesNotThrow(() -> SparseCommand.commandLine().parseArgs(command.words()), command::toString);
            assertNotNull(parsed.subcommand(), command::toString);
        }
    }

    @Test
    void everyClassThatIsNamedHasAMainMethod() throws IOException {
        List<Documented> classes = found(CLASS);
        assertTrue(!classes.isEmpty());
        for (Documented named : classes) {
            assertDoesNotThrow(
                    () -> Class.forName(named.arguments()).getMethod("main", String[].class), named::toString);
        }
    }

    /** The README's two commands, in their quick form, on a folder of images in place of DIR. */
    @Test
    void theReadmesCommandsRun(@TempDir Path folder) throws Exception {
        for (String kind : List.of("one", "two")) {
            Files.createDirectories(folder.resolve("images").resolve(kind));
            for (int i = 0; i < 60; i++) {
                StripedImages.write(
                        folder.resolve("images").resolve(kind).resolve(i + ".png"),
                        kind.equals("one") ? 16 : 17,
                        12 + i % 2);
            }
        }
        List<String> lines = ReadmeProgram.block("sh", 1).lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        for (String line : lines) {
            String arguments = line.substring(line.indexOf("sparse.jar") + "sparse.jar".length())
                    .strip()
                    .replace("DIR", folder.resolve("images").toString());
            ProgramRun program = new ProgramRun(arguments.split(" +"));
            Path results = folder.resolve("results-" + lines.indexOf(line));
            assertEquals(0, program.run("--quick", "--out", results), program::err);
            assertTrue(Files.size(results.resolve("result.json")) > 0, line);
        }
    }
}
