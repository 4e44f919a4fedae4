package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.task.AnomalyDetector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of a run of {@code anomaly}.
 *
 * @param data     what a reader knows the data by
 * @param read     lines that say what was read
 * @param lines    for people
 * @param figures  by their keys in {@code result.json}
 * @param pictures by their file names
 * @param detector to be saved
 * @param finding  what the report says and shows
 */
record AnomalyOutcome(
        String data,
        List<String> read,
        List<String> lines,
        Map<String, Object> figures,
        Map<String, BufferedImage> pictures,
        AnomalyDetector detector,
        AnomalyFinding finding)
        implements Result {
    @Override
    public void write(RunDirectory directory) throws IOException {
        if (detector != null) {
            detector.save(directory.file("anomaly.zip"));
        }
        for (Map.Entry<String, BufferedImage> picture : pictures.entrySet()) {
            directory.write(picture.getKey(), picture.getValue());
        }
    }

    @Override
    public String claim() {
        return finding.claim();
    }

    @Override
    public void show(HtmlReport page) {
        finding.shown().accept(page);
        if (!read.isEmpty()) {
            page.section("What was read");
            read.forEach(page::paragraph);
        }
    }

    @Override
    public String summary() {
        return Stream.concat(read.stream(), lines.stream()).collect(Collectors.joining(System.lineSeparator()));
    }
}
