package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.Browser;
import io.github.dl4jsparse.examples.data.StripedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command's report in Chromium, in a wide and a narrow window, where the machine has it. Screenshots are kept in
 * {@code target/reports}.
 */
@Tag("browser")
class ReportPagesTest {
    private static final List<Integer> WIDTHS = List.of(1400, 400);
    private static final Path SCREENSHOTS = Path.of("target", "reports");

    @TempDir
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> executable = Browser.executable();
        assumeTrue(executable.isPresent(), "no Chromium on this machine");
        browser = Browser.start(executable.get(), folder.resolve("profile"));
        for (String kind : List.of("one", "two")) {
            Path images = Files.createDirectories(folder.resolve("images").resolve(kind));
            for (int i = 0; i < 30; i++) {
                StripedImages.write(images.resolve(i + ".png"), kind.equals("one") ? 16 : 17, 12 + i % 2);
            }
        }
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** It fits the window, has a claim, and its scripts do what they should. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dictionary --penalty group",
                "map --control",
                "inhibition --structure tree",
                "drsae",
                "stack",
                "anomaly",
                "restore",
                "features IMAGES --labels 20",
                "compare"
            })
    void theReportIsReadable(String arguments) throws IOException, InterruptedException {
        String name = arguments.split(" ")[0];
        ProgramRun program = new ProgramRun(
                arguments.replace("IMAGES", folder.resolve("images").toString()).split(" "));
        Path results = folder.resolve(name);
        assertEquals(0, program.run("--quick", "--out", results), program::err);
        for (int width : WIDTHS) {
            browser.size(width, 1200);
            browser.open(results.resolve("report.html").toUri());
            browser.await("document.readyState === 'complete' && document.querySelector('.headline')");
            browser.screenshot(SCREENSHOTS.resolve(name + "-" + width + ".png"));
            int beyond = browser.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                    .asInt();
            assertTrue(beyond <= 0, name + " is " + beyond + " pixels wider than " + width);
            assertTrue(browser.evaluate("document.querySelector('.headline').textContent.length")
                            .asInt()
                    > 20);
            assertTrue(
                    browser.evaluate("document.querySelectorAll('figure img, svg.plot').length")
                                    .asInt()
                            > 0,
                    "a figure");
            if (browser.evaluate("!!document.querySelector('.unit-browser')").asBoolean()) {
                clickAUnit();
            }
        }
        assertEquals(List.of(), browser.errors());
    }

    private static void clickAUnit() throws IOException {
        String shown = "document.querySelector('.unit-browser h3').textContent";
        String before = browser.evaluate(shown).asText();
        browser.evaluate("[...document.querySelectorAll('.unit-browser .sheet button')]"
                + ".find(b => b.getAttribute('aria-pressed') !== 'true').click()");
        assertNotEquals(before, browser.evaluate(shown).asText());
    }
}
