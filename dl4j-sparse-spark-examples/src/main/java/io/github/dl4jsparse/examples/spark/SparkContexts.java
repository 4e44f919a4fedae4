package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.spark.SparseKryoRegistrator;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;

/** How the example gets to Spark. What spark-submit or {@code -Dspark.KEY=VALUE} says counts, unless an option says else. */
final class SparkContexts {
    private static final String MASTER = "spark.master";
    private static final String DEFAULT_MASTER = "local[2]";
    /** What a cluster has by itself. */
    private static final List<String> OF_THE_CLUSTER = List.of("spark-", "scala-", "hadoop-");

    private SparkContexts() {}

    /**
     * Starts Spark on this machine, or connects to a cluster.
     *
     * @param master null for what spark-submit was given
     * @throws IllegalArgumentException if Spark does not know the master, or can't reach it
     */
    static JavaSparkContext open(String master, boolean kryo) throws IOException {
        SparkConf conf = configuration(master, kryo);
        try {
            return new JavaSparkContext(conf);
        } catch (Exception e) { // Scala does not declare what it throws
            throw new IllegalArgumentException(
                    "--master must be a URL that Spark can reach, got " + conf.get(MASTER) + ": " + e.getMessage(), e);
        }
    }

    static SparkConf configuration(String master, boolean kryo) throws IOException {
        SparkConf conf = new SparkConf().setIfMissing(MASTER, DEFAULT_MASTER).setIfMissing("spark.app.name", "sparse");
        if (master != null) {
            conf.setMaster(master);
        }
        if (kryo) {
            conf.set("spark.serializer", KryoSerializer.class.getName())
                    .set("spark.kryo.registrator", SparseKryoRegistrator.class.getName());
        }
        if (conf.get(MASTER).startsWith("local")) {
            // no web page for a run of a minute; no need of a network
            return conf.setIfMissing("spark.ui.enabled", "false").setIfMissing("spark.driver.host", "localhost");
        }
        if (!conf.contains("spark.jars")) {
            conf.setJars(jars().toArray(String[]::new));
        }
        return conf;
    }

    /** This program and its libraries, for the executors; nothing where it does not run from its jar. */
    private static List<String> jars() throws IOException {
        Path jar;
        try {
            jar = Path.of(SparkContexts.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("can't find the jar of this program", e);
        }
        Path libraries = jar.resolveSibling("lib");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(libraries)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(libraries)) {
            return Stream.concat(
                            Stream.of(jar), files.filter(SparkContexts::isOurs).sorted())
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean isOurs(Path library) {
        return OF_THE_CLUSTER.stream().noneMatch(library.getFileName().toString()::startsWith);
    }
}
