package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingReportTest {
    @Test
    void isALineForTheSummaryAndEachWarning() {
        assertEquals("read 2 rows", new ReadingReport("read 2 rows", List.of()).toString());
        assertEquals("read 2 rows\na\nb", new ReadingReport("read 2 rows", List.of("a", "b")).toString());
    }

    @Test
    void keepsNoArrayOfTheCaller() {
        List<String> warnings = new ArrayList<>(List.of("a"));
        ReadingReport report = new ReadingReport("read", warnings);
        warnings.add("b");
        assertEquals(List.of("a"), report.warnings());
        assertThrows(IllegalArgumentException.class, () -> new ReadingReport(null, List.of()));
    }
}
