package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class TrainingReportTest {
    private static final INDArray FILTERS = Samples.gaussian(3, 20, 12);

    private static TrainingHistory history(double groups, double excess) {
        TrainingHistory history = new TrainingHistory();
        for (int i = 0; i < 5; i++) {
            history.add(new TrainingPoint(
                    "code",
                    i < 3,
                    10L * i,
                    i,
                    new LayerMeasurement(
                            LossTerms.of(9.125 - i, 2), 4 + i, groups, 0.25, 0.5, 0.75, i == 0 ? excess : Double.NaN)));
        }
        return history;
    }

    /** The page without the data of its pictures, in which any letters may follow each other. */
    private static String text(String html) {
        return html.replaceAll("base64,[^\"]*", "base64,");
    }

    private static int count(String html, String part) {
        return html.split(part, -1).length - 1;
    }

    @Test
    void showsEveryQuantityInOneFileThatNeedsNoOther(@TempDir Path directory) throws IOException {
        Path target = directory.resolve("training.html");
        new TrainingReport("Digits", history(3, 0.125))
                .filters("code", FILTERS, 4, 5)
                .write(target);
        String html = Files.readString(target);
        assertEquals(7 + 1, count(html, "<figure>"));
        assertEquals(7 + 1, count(html, "src=\"data:image/png;base64,"));
        assertEquals(7 + 1, count(html, "src="));
        String outside = html.replace("<link rel=\"icon\" href=\"data:,\">", "");
        assertFalse(outside.contains("http") || outside.contains("<link") || outside.contains("<script"), outside);
        assertTrue(html.contains("<h2>Layer code</h2>"));
        assertTrue(html.contains("<tr><td>energy</td><td>11.13</td><td>7.125</td></tr>"), html.substring(0, 2000));
        assertTrue(html.contains("<tr><td>excess</td><td>0.1250</td><td></td></tr>"));
        assertFalse(text(html).contains("NaN"));
    }

    @Test
    void leavesOutWhatWasNeverMeasured() {
        String html =
                new TrainingReport("t", history(Double.NaN, Double.NaN)).page().html();
        assertEquals(5, count(html, "<figure>"));
        html = text(html);
        assertFalse(html.contains("ctive groups") || html.contains("solver") || html.contains("NaN"));
    }

    @Test
    void addsTheMapOfUnitsWithPlaces() {
        String html = new TrainingReport("t", history(Double.NaN, Double.NaN))
                .filters("code", FILTERS, 4, 5, MapGrid.torus(3, 4))
                .page()
                .html();
        assertEquals(5 + 3, count(html, "<figure>"));
        assertTrue(html.contains("Orientation of each unit"));
    }

    @Test
    void saysThatNothingWasMeasured() {
        assertTrue(new TrainingReport("t", new TrainingHistory()).page().html().contains("Nothing was measured"));
    }

    @Test
    void filtersOnASheetOfOnesOwn() {
        FilterSheet colours = new FilterSheet(2, 5, 3, 2, 2, CNN2DFormat.NHWC);
        TrainingReport report = new TrainingReport("t", history(1, 1)).filters("code", FILTERS, colours);
        assertEquals(7 + 1, count(report.page().html(), "<figure>"));
        FilterSheet other = new FilterSheet(4, 5, 3, 2, 3, CNN2DFormat.NCHW);
        assertThrows(IllegalArgumentException.class, () -> report.filters("code", FILTERS, other));
        assertThrows(IllegalArgumentException.class, () -> report.filters("code", FILTERS, null));
    }

    @Test
    void refusesFiltersOfALayerThatWasNotMeasured() {
        TrainingReport report = new TrainingReport("t", history(1, 1));
        assertEquals(
                "layer must be one of [code], which were measured, got \"other\"",
                assertThrows(IllegalArgumentException.class, () -> report.filters("other", FILTERS, 4, 5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> report.filters("code", FILTERS, 4, 4));
        assertThrows(IllegalArgumentException.class, () -> report.filters("code", FILTERS, 4, 5, MapGrid.torus(3, 3)));
        assertThrows(IllegalArgumentException.class, () -> new TrainingReport("t", null));
        assertThrows(IllegalArgumentException.class, () -> new TrainingReport(null, history(1, 1)));
    }
}
