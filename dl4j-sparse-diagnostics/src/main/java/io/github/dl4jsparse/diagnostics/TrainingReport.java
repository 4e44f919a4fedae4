package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The measurements of a {@link TrainingMonitor} as one self-contained page: for each layer its first and last
 * measurement, curves over the updates, and, where they are given, its filters and their map of orientations.
 * <pre>{@code
 * new TrainingReport("Digits", monitor.history())
 *     .filters("code", net.getLayer(0).getParam("D"), 28, 28)
 *     .write(Path.of("training.html"));
 * }</pre>
 */
public final class TrainingReport {
    private static final int COLUMNS = 20;
    private static final int SHEET = 700;
    private static final int MAP = 480;

    private final String title;
    private final TrainingHistory history;
    private final Map<String, Map<String, BufferedImage>> pictures = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if title or history is missing */
    public TrainingReport(String title, TrainingHistory history) {
        this.title = Args.given("title", title);
        this.history = Args.given("history", history);
    }

    /**
     * Adds the filters of a layer.
     *
     * @param layer      a name in the history
     * @param dictionary {@code [height * width, nCode]}, the pixels of a column row by row. Not modified.
     * @throws IllegalArgumentException if the history has no such layer, or the dictionary has another number of rows
     */
    public TrainingReport filters(String layer, INDArray dictionary, int height, int width) {
        int units = (int) Args.given("dictionary", dictionary).size(1);
        // about as wide as high
        int columns = Math.min(COLUMNS, Math.max(1, (int) Math.ceil(Math.sqrt(2.0 * units * height / width))));
        picture(
                layer,
                "Filters, grey is zero, each scaled for itself",
                sheet(height, width, columns).draw(dictionary));
        return this;
    }

    /**
     * Adds the filters of a layer on a given sheet, as for filters in colour.
     *
     * @param layer      a name in the history
     * @param dictionary as the sheet takes it. Not modified.
     * @throws IllegalArgumentException if the history has no such layer, or the dictionary does not fit the sheet
     */
    public TrainingReport filters(String layer, INDArray dictionary, FilterSheet sheet) {
        BufferedImage picture = Args.given("sheet", sheet).draw(dictionary);
        picture(layer, "Filters, grey is zero, each scaled for itself", picture);
        return this;
    }

    /**
     * Adds the filters of a layer whose units have positions on a map, such as those of groups on a torus, and the
     * orientation that each prefers.
     *
     * @param layer      a name in the history
     * @param dictionary {@code [height * width, grid.units()]}, the pixels of a column row by row. Not modified.
     * @param grid       the positions of the units
     * @throws IllegalArgumentException if the history has no such layer, or the dictionary has another shape
     */
    public TrainingReport filters(String layer, INDArray dictionary, int height, int width, MapGrid grid) {
        OrientationMap map = OrientationMap.of(grid, dictionary, height, width);
        picture(
                layer,
                "Filters in map order, grey is zero, each scaled for itself",
                sheet(height, width, grid.width()).draw(dictionary));
        OrientationSheet sheet = new OrientationSheet(Math.max(4, MAP / Math.max(grid.width(), grid.height())));
        picture(layer, "Orientation of each unit; white ones have none", sheet.drawUnits(map.field()));
        picture(layer, "How often each orientation is", MapCharts.orientations(map));
        return this;
    }

    private static FilterSheet sheet(int height, int width, int columns) {
        return new FilterSheet(height, width, columns, Math.max(1, Math.min(6, SHEET / (columns * width))));
    }

    private void picture(String layer, String caption, BufferedImage picture) {
        if (!history.layers().contains(Args.given("layer", layer))) {
            throw Args.failure("layer", "one of " + history.layers() + ", which were measured", "\"" + layer + "\"");
        }
        pictures.computeIfAbsent(layer, name -> new LinkedHashMap<>()).put(caption, picture);
    }

    /** The page, to which more can be added. */
    public HtmlReport page() {
        return addTo(new HtmlReport(title));
    }

    /** Adds all but the title to a page; returns that. */
    public HtmlReport addTo(HtmlReport page) {
        Args.given("page", page);
        List<String> layers = history.layers();
        page.paragraph(
                layers.isEmpty()
                        ? "Nothing was measured."
                        : "Measured on a probe batch while the network was trained. Updates are those of the layer, pre-training"
                                + " included; a grey line in a diagram is where pre-training ended.");
        for (String layer : layers) {
            List<TrainingPoint> points = history.points(layer);
            page.section("Layer " + layer);
            page.table(List.of("measure", "first", "last"), rows(points.get(0), points.get(points.size() - 1)));
            new TrainingCharts(points).draw().forEach((caption, chart) -> page.figure(chart, caption));
            pictures.getOrDefault(layer, Map.of()).forEach((caption, picture) -> page.figure(picture, caption));
        }
        return page;
    }

    private static List<List<String>> rows(TrainingPoint first, TrainingPoint last) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("updates", String.valueOf(first.updates()), String.valueOf(last.updates())));
        rows.add(List.of("epochs", String.valueOf(first.epochs()), String.valueOf(last.epochs())));
        for (TrainingMeasure measure : TrainingMeasure.of(List.of(first, last))) {
            String before = measure.text(first);
            String after = measure.text(last);
            if (!before.isEmpty() || !after.isEmpty()) {
                rows.add(List.of(measure.label(), before, after));
            }
        }
        return rows;
    }

    /**
     * Writes the page, whole or not at all, replacing the file where it exists.
     *
     * @param target in a directory that exists
     * @throws IOException if the file can't be written; the message names it and says why
     */
    public void write(Path target) throws IOException {
        page().write(target);
    }
}
