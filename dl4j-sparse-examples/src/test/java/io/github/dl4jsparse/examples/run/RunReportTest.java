package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final RunReport REPORT =
            new RunReport("wave", List.of("wave", "--epochs", "3"), "0.1.0", Map.of("epochs", 3));

    private record Found(double error) implements Result {
        @Override
        public String data() {
            return "two <waves>";
        }

        @Override
        public Map<String, Object> figures() {
            return Map.of("error", error);
        }

        @Override
        public String summary() {
            return "error " + error;
        }

        @Override
        public String claim() {
            return "The error is " + error + ", of the control 0.5.";
        }

        @Override
        public void show(HtmlReport page) {
            page.paragraph("the figure");
        }

        @Override
        public String headline() {
            return "error";
        }

        @Override
        public void write(RunDirectory directory) {}
    }

    private static void assertInOrder(String html, String... texts) {
        int at = 0;
        for (String text : texts) {
            at = html.indexOf(text, at);
            assertTrue(at >= 0, text + " in " + html);
        }
    }

    /** The claim first, its figure next, then how it was made. */
    @Test
    void aPageOfARun() {
        String html = REPORT.of(new FinishedRun(7, new Found(0.25), 12.4), List.of("net.zip", "seed-1/x.zip", "a.png"))
                .html();
        assertInOrder(
                html,
                "<h1>wave: two &lt;waves&gt;</h1>",
                "<p class=\"headline\">The error is 0.25, of the control 0.5.</p>",
                "<p>the figure</p>",
                "<pre>java -jar sparse.jar wave --epochs 3</pre>",
                "<td>seed</td><td>7</td>",
                "<td>seconds</td><td>12</td>",
                "<td>version</td><td>0.1.0</td>",
                "kernels",
                "<summary>Settings</summary>",
                "<td>epochs</td><td>3</td>",
                "<a href=\"result.json\">",
                "<a href=\"net.zip\">");
        assertFalse(html.contains("seed-1") || html.contains("a.png"));
    }

    /** A point a seed, and the way to each one's page. */
    @Test
    void aPageOfSeveralSeeds() {
        List<FinishedRun> runs =
                List.of(new FinishedRun(1, new Found(0.25), 1), new FinishedRun(2, new Found(0.75), 2));
        String html = REPORT.of(runs, List.of()).html();
        assertInOrder(
                html,
                "error over 2 seeds: mean 0.5000",
                "<title>a run: 1, 0.25</title>",
                "<title>a run: 2, 0.75</title>",
                "<a href=\"seed-1/report.html\">seed 1</a>",
                "<p>Seed 2: The error is 0.75",
                "<td>seconds</td><td>3</td>");
    }
}
