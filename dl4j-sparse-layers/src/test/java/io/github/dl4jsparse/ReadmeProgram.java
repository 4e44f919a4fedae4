package io.github.dl4jsparse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Programs and commands of the README, and what a compiler says of them. */
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
        Path here = Path.of("README.md").toAbsolutePath();
        String readme = Files.readString(Files.exists(here) ? here : Path.of("..", "README.md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
        for (int i = 0; i <= number; i++) {
            if (!block.find()) {
                throw new IllegalArgumentException("the README has " + i + " blocks of " + language);
            }
        }
        return block.group(1);
    }

    /**
     * The errors of a class {@code Program}, none if it compiles.
     *
     * @param output a directory for what is compiled
     */
    public static List<String> errors(String source, Path output) {
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
