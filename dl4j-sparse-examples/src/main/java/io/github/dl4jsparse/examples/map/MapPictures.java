package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.MapCharts;
import io.github.dl4jsparse.diagnostics.OrientationSheet;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pictures of one map, as PNG and for the page. */
final class MapPictures {
    private static final int MAP_PIXELS = 600;

    private final MapSettings settings;
    private final MapSettings.Structure structure;
    private final MapMeasurement measured;
    private final Map<String, Figure> figures;

    MapPictures(MapSettings settings, MapSettings.Structure structure, MapMeasurement measured) {
        this.settings = settings;
        this.structure = structure;
        this.measured = measured;
        this.figures = draw();
    }

    /** Every picture by its name, with a text. */
    private Map<String, Figure> draw() {
        OrientationSheet sheet = new OrientationSheet(Math.max(4, MAP_PIXELS / settings.mapSide()));
        double spacing = measured.spacing().spacing();
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put(
                "filters",
                new Figure(
                        new FilterSheet(
                                        settings.kernel(),
                                        settings.kernel(),
                                        settings.mapSide(),
                                        settings.mapSide() > 40 ? 1 : 2)
                                .draw(measured.filters()),
                        "Filters in map order, grey is zero, each scaled for itself"));
        boolean smooth = measured.map().orientedFraction() >= OrientationSheet.LEAST_ORIENTED;
        BufferedImage units = sheet.drawUnits(measured.map().field());
        figures.put(
                "orientation",
                smooth
                        ? new Figure(
                                sheet.draw(
                                        measured.smooth(), measured.pinwheels().centres(), spacing),
                                "Orientation map, smoothed, paler where neighbours disagree, with iso-orientation lines and the pinwheels"
                                        + " that chance does not explain: a disc for +1, a square for -1")
                        : new Figure(
                                units,
                                "Orientation of each unit, not smoothed: fewer than "
                                        + Math.round(100 * OrientationSheet.LEAST_ORIENTED)
                                        + " % of the units have one, and smoothing would draw a map that is not there"));
        figures.put("units", new Figure(units, "Orientation of each unit; white ones have none"));
        figures.put("spectrum", new Figure(MapCharts.spectrum(measured.spacing()), "Spectrum of the orientations"));
        figures.put(
                "density",
                new Figure(
                        MapCharts.density(measured.support().pinwheels(), spacing, measured.baseline()),
                        "All pinwheels of the smoothed map, beside random fields with the same spectrum"));
        figures.put(
                "orientations", new Figure(MapCharts.orientations(measured.map()), "How often each orientation is"));
        return figures;
    }

    /** The map of orientations. */
    BufferedImage orientation() {
        return figures.get("orientation").picture();
    }

    private record Figure(BufferedImage picture, String caption) {}

    /** Writes all pictures, their names after a prefix. */
    void write(RunDirectory directory, String prefix) throws IOException {
        for (Map.Entry<String, Figure> figure : figures.entrySet()) {
            directory.write(prefix + figure.getKey() + ".png", figure.getValue().picture());
        }
    }

    /** Adds a section to the page. */
    void addTo(HtmlReport page, String heading, MapMeasurement.Numbers numbers) {
        page.section(heading).paragraph(settings.summary(structure));
        page.table(
                List.of("measure", "value"),
                ResultJson.keys(numbers).entrySet().stream()
                        .filter(e -> e.getValue() != null)
                        .map(e -> List.of(words(e.getKey()), text(e.getValue())))
                        .toList());
        figures.values().forEach(figure -> page.figure(figure.picture(), figure.caption()));
    }

    private static String words(String key) {
        return key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4g", number) : String.valueOf(value);
    }
}
