package io.github.dl4jsparse.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The packaged program by spark-submit on a standalone cluster of two workers. */
class SparkSubmitIT {
    private static final Path PROGRAM = Path.of(System.getProperty("program"));

    @TempDir
    Path directory;

    private StandaloneCluster cluster;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        cluster = new StandaloneCluster(directory, 2);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Process submit(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--class", SparkCommand.class.getName(), "--jars", libraries(), PROGRAM.toString()));
        arguments.addAll(List.of("spark-stack", "--quick", "--out", results().toString()));
        arguments.addAll(List.of(more));
        return cluster.submit(arguments.toArray(String[]::new));
    }

    private static String libraries() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAM.resolveSibling("lib"))) {
            return files.sorted().map(Path::toString).collect(Collectors.joining(","));
        }
    }

    private Path results() {
        return directory.resolve("results");
    }

    @Test
    void learns() throws IOException, InterruptedException {
        assertLearned(submit("--control"));
    }

    @Test
    void learnsWithKryo() throws IOException, InterruptedException {
        assertLearned(submit("--kryo"));
    }

    @Test
    void learnsWhereAWorkerDies() throws IOException, InterruptedException {
        Process program = submit();
        cluster.await(program, "the first epoch", () -> cluster.log("submit").contains("on Spark, epoch 1 of"));
        cluster.kill(0);
        assertLearned(program);
        assertTrue(cluster.log("submit").contains("Lost executor"), "no executor was lost");
    }

    private void assertLearned(Process program) throws IOException, InterruptedException {
        assertEquals(0, cluster.exitCode(program), () -> cluster.log("submit"));
        JsonNode result =
                new ObjectMapper().readTree(results().resolve("result.json").toFile());
        assertEquals(cluster.url(), result.get("master").asText());
        assertTrue(
                result.get("energySpark").asDouble()
                        < result.get("energyBefore").asDouble() / 2,
                result.toString());
        assertTrue(result.get("testError").asDouble() < 0.15, result.toString());
        MultiLayerNetwork net = ModelFile.restoreNetwork(results().resolve("network.zip"));
        double accuracy =
                net.evaluate(new ViewIterator(Digits.embedded(1).test(), 50)).accuracy();
        assertEquals(result.get("testError").asDouble(), 1 - accuracy, 1e-9);
        System.out.printf(
                "%s: energy %s -> %s (one thread %s), test error %s %%%n",
                cluster.url(),
                result.get("energyBefore"),
                result.get("energySpark"),
                result.get("energyOneThread"),
                result.get("testError"));
    }
}
