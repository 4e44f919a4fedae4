package io.github.dl4jsparse.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dl4jsparse.spark.SparseKryoRegistrator;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to Spark, by whom. */
class SparkContextsTest {
    private static final String MASTER = "spark.master";

    @AfterEach
    void forget() {
        System.clearProperty(MASTER);
        System.clearProperty("spark.jars");
    }

    @Test
    void runsHereByDefault() throws IOException {
        SparkConf conf = SparkContexts.configuration(null, false);
        assertEquals("local[2]", conf.get(MASTER));
        assertFalse(conf.contains("spark.serializer"));
        assertFalse(conf.contains("spark.jars"), "all is in one process");
    }

    @Test
    void sparkSubmitSaysWhere() throws IOException {
        System.setProperty(MASTER, "spark://host:7077");
        System.setProperty("spark.jars", "a.jar");
        SparkConf conf = SparkContexts.configuration(null, false);
        assertEquals("spark://host:7077", conf.get(MASTER));
        assertEquals("a.jar", conf.get("spark.jars"));
    }

    @Test
    void theOptionCountsMore() throws IOException {
        System.setProperty(MASTER, "spark://host:7077");
        assertEquals("local[3]", SparkContexts.configuration("local[3]", false).get(MASTER));
    }

    @Test
    void kryoComesWithItsRegistrator() throws IOException {
        SparkConf conf = SparkContexts.configuration(null, true);
        assertEquals(SparseKryoRegistrator.class.getName(), conf.get("spark.kryo.registrator"));
    }
}
