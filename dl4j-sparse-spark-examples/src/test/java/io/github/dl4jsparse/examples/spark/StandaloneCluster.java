package io.github.dl4jsparse.examples.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standalone cluster of Spark on this machine: a master and workers in processes of their own, started as Spark's
 * {@code bin/spark-class} does, from a directory that holds Spark's jars alone.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final long PATIENCE_SECONDS = 300;

    private final Path home = Path.of(System.getProperty("spark.home"));
    private final Path directory;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;
    private final String url;

    /** @param directory for logs and the files of the workers */
    StandaloneCluster(Path directory, int workers) throws IOException, InterruptedException {
        this.directory = directory;
        master = start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0");
        await(master, "the master", () -> MASTER.matcher(log("master")).find());
        Matcher line = MASTER.matcher(log("master"));
        url = line.find() ? line.group(1) : null;
        for (int i = 1; i <= workers; i++) {
            String name = "worker-" + i;
            Process worker = start(
                    name,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    directory.resolve(name).toString(),
                    url);
            this.workers.add(worker);
            await(worker, name, () -> log(name).contains("Successfully registered with master"));
        }
    }

    String url() {
        return url;
    }

    /** Starts a program as {@code spark-submit} does; its log is {@code submit}. */
    Process submit(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--master", url));
        all.addAll(List.of(arguments));
        return start("submit", "org.apache.spark.deploy.SparkSubmit", all.toArray(String[]::new));
    }

    /** Ends a worker and its executor as a machine does that loses its power. */
    void kill(int worker) {
        Process process = workers.get(worker);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What a process has printed up to now. */
    String log(String name) {
        try {
            return Files.readString(directory.resolve(name + ".log"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void await(Process process, String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError((process.isAlive() ? "too slow: " : "ended before: ") + what);
            }
            Thread.sleep(50);
        }
    }

    int exitCode(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("too slow: " + process.info().commandLine());
        }
        return process.exitValue();
    }

    private Process start(String name, String type, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(command(type, arguments))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile());
        process.environment().putAll(environment());
        return process.start();
    }

    /** The command that Spark's launcher makes, for bin/spark-class to run. */
    private List<String> command(String type, String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> launcher = new ArrayList<>(
                List.of(java, "-cp", home.resolve("jars") + "/*", "org.apache.spark.launcher.Main", type));
        launcher.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(launcher).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().putAll(environment());
        Process running = process.start();
        String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exitCode(running) != 0) {
            throw new AssertionError(printed);
        }
        // a line of its own, then words that a zero byte ends
        return List.of(printed.substring(printed.indexOf('\n') + 1).split("\0"));
    }

    private Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "JAVA_HOME",
                System.getProperty("java.home"));
    }

    @Override
    public void close() {
        for (int i = 0; i < workers.size(); i++) {
            kill(i);
        }
        master.destroyForcibly();
    }
}
