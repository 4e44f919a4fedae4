package io.github.dl4jsparse.internal.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.OwnJvm;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Every program is a process of its own, because OpenBLAS chooses its kernels once a process. */
class KernelChoiceTest {
    private static final String SERVICE = "META-INF/services/" + Nd4jBackend.class.getName();
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private static String best;

    @BeforeAll
    static void thereIsAChoice() {
        Optional<String> known = BlasKernels.best();
        assumeTrue(known.isPresent(), "this processor has nothing better than OpenBLAS's own choice");
        best = known.get();
    }

    private static void reports(List<String> expected, OwnJvm.Output output) {
        assertEquals(expected, output.reported(), output.text());
        assertEquals(0, output.exitCode(), output.text());
        assertTrue(output.text().lines().noneMatch(line -> line.contains("WARN")), output.text());
        assertTrue(output.text().lines().noneMatch(line -> line.contains("ERROR")), output.text());
    }

    /** The class path with a copy of what holds the backend's class, less the registration. */
    private static String unregistered(Class<?> backend, Path directory) throws IOException, URISyntaxException {
        Path registered = Path.of(
                backend.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path copy = directory.resolve("copy.jar");
        if (Files.isDirectory(registered)) {
            copyTree(registered, copy);
            Files.delete(copy.resolve(SERVICE));
        } else {
            Files.copy(registered, copy);
            try (FileSystem jar = FileSystems.newFileSystem(copy)) {
                Files.delete(jar.getPath(SERVICE));
            }
        }
        List<String> entries = List.of(CLASS_PATH.split(File.pathSeparator));
        assertTrue(entries.contains(registered.toString()), registered + " is on the class path " + CLASS_PATH);
        return entries.stream()
                .map(entry -> entry.equals(registered.toString()) ? copy.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void aProgramThatUsesNd4jFirstHasTheKernels() throws Exception {
        OwnJvm.Output output = OwnJvm.output(FirstUse.OfNd4j.class, CLASS_PATH, Map.of());
        reports(List.of("30.0", best), output);
        assertTrue(output.text().contains("Loaded [CpuBackend] backend"), output.text());
    }

    @Test
    void theEnvironmentComesFirst() throws Exception {
        OwnJvm.Output output =
                OwnJvm.output(FirstUse.OfNd4j.class, CLASS_PATH, Map.of(BlasKernels.VARIABLE, "Nehalem"));
        reports(List.of("30.0", "Nehalem"), output);
    }

    /** As in a jar of all dependencies that holds ND4J's service file in place of this library's. */
    @Test
    void withoutTheRegistrationALayerChooses(@TempDir Path directory) throws Exception {
        String path = unregistered(KernelChoice.class, directory);
        reports(List.of("3", best), OwnJvm.output(FirstUse.OfBuilder.class, path, Map.of()));
        reports(List.of("unit length", best), OwnJvm.output(FirstUse.OfConfiguration.class, path, Map.of()));
    }

    /** As in a jar of all dependencies that holds this library's service file in place of ND4J's. */
    @Test
    void withoutNd4jsRegistrationItsBackendIsFound(@TempDir Path directory) throws Exception {
        String path = unregistered(Nd4j.getBackend().getClass(), directory);
        OwnJvm.Output output = OwnJvm.output(FirstUse.OfNd4j.class, path, Map.of());
        reports(List.of("30.0", best), output);
        assertTrue(output.text().contains("Loaded [KernelChoice] backend"), output.text());
    }

    @Test
    void withoutAnyBackendTheMessageIsNd4js() throws Exception {
        String path = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("nd4j-native"))
                .collect(Collectors.joining(File.pathSeparator));
        OwnJvm.Output output = OwnJvm.output(FirstUse.OfNd4j.class, path, Map.of());
        assertEquals(1, output.exitCode(), output.text());
        assertTrue(output.text().contains("ensure that you have an nd4j backend on your classpath"), output.text());
        assertTrue(output.text().contains("add nd4j-native or nd4j-cuda to the class path"), output.text());
    }

    @Test
    void standsBehindEveryOther() {
        Nd4jBackend choice = new KernelChoice();
        Nd4jBackend used = Nd4j.getBackend();
        assertTrue(used.getPriority() - choice.getPriority() > 0, "as ND4J compares");
        assertTrue(Nd4jBackend.BACKEND_PRIORITY_GPU - choice.getPriority() > 0);
        assertThrows(NullPointerException.class, choice::getEnvironment);
    }

    /** Passes on all that the backend says. */
    @Test
    void passesOnWhatTheBackendSays() {
        Nd4jBackend choice = new KernelChoice();
        Nd4jBackend used = Nd4j.getBackend();
        assertTrue(choice.isAvailable());
        assertEquals(used.canRun(), choice.canRun());
        assertEquals(used.allowsOrder(), choice.allowsOrder());
        assertEquals(used.getNDArrayClass(), choice.getNDArrayClass());
        assertEquals(used.getEnvironment(), choice.getEnvironment());
        assertEquals(used.buildInfo(), choice.buildInfo());
        assertEquals(
                used.getConfigurationResource().getFilename(),
                choice.getConfigurationResource().getFilename());
    }
}
