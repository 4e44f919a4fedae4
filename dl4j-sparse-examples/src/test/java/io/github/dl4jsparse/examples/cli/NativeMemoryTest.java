package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    /** In a virtual machine of its own, because JavaCPP reads the property once. */
    @Test
    void javaCppHasNoPhysicalLimitThen() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + NativeMemory.LIMIT + "=" + NativeMemory.NONE,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), printed);
        assertEquals("0", printed.strip());
    }

    /** What the child process runs. */
    static final class Child {
        public static void main(String[] args) {
            System.out.println(Pointer.maxPhysicalBytes());
        }
    }
}
