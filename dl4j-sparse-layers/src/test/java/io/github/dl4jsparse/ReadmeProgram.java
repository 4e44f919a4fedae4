package io.github.dl4jsparse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Programs and commands of the README, and their compilation. */
public final class ReadmeProgram {
    private ReadmeProgram() {}

    /**
     * A block of code of the README.
     *
     * @param language as it is marked
     * @param number   among those of the language, from 0
     * @throws IllegalArgumentException if there are fewer
     */
    public static String block(String language, int number) throws IOException {
        return block("README.md", language, number);
    }

    /** The same of another page, such as {@code docs/serving.md}. */
    public static String block(String page, String language, int number) throws IOException {
        Path here = Path.of(page).toAbsolutePath();
        String readme = Files.readString(Files.exists(here) ? here : Path.of("..", page));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
        for (int i = 0; i <= number; i++) {
            if (!block.find()) {
                throw new IllegalArgumentException(page + " has " + i + " blocks of " + language);
            }
        }
        return block.group(1);
    }

    /**
     * A class {@code Program} with the statements of a block in a method, below the block's own imports.
     *
     * @param parameters of the method: what the block uses and does not declare, types by their full names
     */
    public static String inMethod(String block, String parameters) {
        String imports = block.lines().filter(ReadmeProgram::isImport).collect(Collectors.joining("\n"));
        String statements = block.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
        return imports + "\nclass Program { void run(" + parameters + ") throws Exception {\n" + statements + "\n} }";
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    /**
     * The errors of a program, none if it compiles.
     *
     * @param source its public class, if it has one, or {@code Program}
     * @param output a directory for what is compiled
     */
    public static List<String> errors(String source, Path output) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Matcher named = Pattern.compile("public (?:final )?class (\\w+)").matcher(source);
        URI name = URI.create("string:///" + (named.find() ? named.group(1) : "Program") + ".java");
        JavaFileObject file = new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        List<String> options =
                List.of("-proc:none", "-d", output.toString(), "-classpath", System.getProperty("java.class.path"));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, List.of(file))
                .call();
        List<String> errors = problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        return compiled || !errors.isEmpty() ? errors : List.of("it does not compile");
    }
}
