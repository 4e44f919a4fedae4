package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java virtual machine that runs one program, so that nothing else counts in what it holds.
 *
 * <p>ND4J's arrays are not among the bytes that JavaCPP tracks, so native memory is what the process holds. {@link #FIXED_HEAP} keeps the
 * Java heap out of that number.
 */
public final class OwnJvm {
    /** What a program begins the lines with that it reports. */
    public static final String MARK = "reported: ";

    /** A heap of 192 MB that is resident as a whole from the start. */
    private static final List<String> FIXED_HEAP =
            List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private OwnJvm() {}

    /** What a program reports in a machine with a small heap that does not grow. */
    public static List<String> withFixedHeap(Class<?> program) throws IOException, InterruptedException {
        return run(program, FIXED_HEAP);
    }

    /** What a program reports in a machine with the options. */
    public static List<String> run(Class<?> program, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()))
                .toList();
    }
}
