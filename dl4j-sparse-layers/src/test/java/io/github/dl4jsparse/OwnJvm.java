package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java virtual machine that runs one program, for measurements of its memory.
 *
 * <p>JavaCPP does not track ND4J's arrays, so native memory is measured as that of the process. {@link #FIXED_HEAP}
 * keeps the Java heap out of that number.
 */
public final class OwnJvm {
    /** What a program begins the lines with that it reports. */
    public static final String MARK = "reported: ";

    /**
     * A heap of 192 MB that is resident as a whole from the start, and the first compiler alone: what the second one takes to compile a
     * method stays resident, and when it does so depends on what else the machine has to do.
     */
    private static final List<String> FIXED_HEAP =
            List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private OwnJvm() {}

    /** What a program reports in a machine with a small heap that does not grow. */
    public static List<String> withFixedHeap(Class<?> program) throws IOException, InterruptedException {
        return run(program, FIXED_HEAP);
    }

    /** What a program reports in a machine with the options. */
    public static List<String> run(Class<?> program, List<String> options) throws IOException, InterruptedException {
        ProcessBuilder builder = command(program, options, System.getProperty("java.class.path"));
        builder.environment().put("OMP_NUM_THREADS", "1");
        // glibc gives each thread an arena, which keeps what the thread has freed
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        Output output = Output.of(builder.start());
        assertEquals(0, output.exitCode(), output.text());
        return output.reported();
    }

    /**
     * What a program writes in a machine with another class path and environment.
     *
     * @param environment variables beside those of this process, except OPENBLAS_CORETYPE, which it has from here only
     */
    public static Output output(Class<?> program, String classPath, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = command(program, List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"), classPath);
        builder.environment().remove("OPENBLAS_CORETYPE");
        builder.environment().putAll(environment);
        return Output.of(builder.start());
    }

    private static ProcessBuilder command(Class<?> program, List<String> options, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program.getName()));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /**
     * What a program wrote.
     *
     * @param text with its log
     */
    public record Output(String text, int exitCode) {
        private static Output of(Process process) throws IOException, InterruptedException {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(text, process.waitFor());
        }

        /** What it reported. */
        public List<String> reported() {
            return text.lines()
                    .filter(line -> line.startsWith(MARK))
                    .map(line -> line.substring(MARK.length()))
                    .toList();
        }
    }
}
