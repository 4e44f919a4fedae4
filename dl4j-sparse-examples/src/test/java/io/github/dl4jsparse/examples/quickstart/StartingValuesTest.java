package io.github.dl4jsparse.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.quickstart.StartingValues.Row;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartingValuesTest {
    /** Sparse, alive, and a description of data that were not trained on. */
    @Test
    void everyRowIsAGoodStart() throws IOException {
        List<Row> rows = StartingValues.rows();
        assertEquals(4, rows.size());
        for (Row row : rows) {
            double active = row.measured().meanActiveUnits() / row.units();
            assertTrue(active > 0.01 && active < 0.35, row.text());
            assertTrue(row.dead() < 0.34, row.text());
            assertTrue(row.measured().explainedVariance() > 0.5, row.text());
        }
    }
}
