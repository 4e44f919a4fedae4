package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterOrientation;
import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.diagnostics.MapGrid;
import io.github.dl4jsparse.diagnostics.OrientationMap;
import io.github.dl4jsparse.diagnostics.OrientationSheet;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import io.github.dl4jsparse.examples.run.Shuffles;
import io.github.dl4jsparse.group.InhibitionMatrix;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pictures of {@code inhibition}. */
final class InhibitionPictures {
    private static final int ORIENTATION_ZOOM = 32;
    private static final int MATRIX_ZOOM = 8;
    private static final int SHOWN = 12;
    private static final int PARTNERS = 8;

    private final InhibitionSettings settings;
    private final InhibitionCodes codes;

    InhibitionPictures(InhibitionSettings settings, InhibitionCodes codes) {
        this.settings = settings;
        this.codes = codes;
    }

    /** The filters in the order of their structure. */
    BufferedImage filters() {
        int side = settings.patch();
        INDArray dictionary = codes.dictionary();
        String title = "Dictionary under lateral inhibition, " + settings.structure();
        return switch (settings.structure()) {
            case TREE ->
                Canvas.titled(
                        title,
                        "the root in the middle; only units on one path may fire together; unused ones are pale",
                        UnitTree.draw(dictionary, codes.tree(), used(), side));
            case ANNULUS ->
                Canvas.titled(
                        title,
                        "the map; opposite borders meet",
                        sheet(settings.side()).draw(dictionary));
            case RING -> Canvas.titled(title, "the ring, from the top in the order of the units", ring(null));
            case LEARNED ->
                Canvas.titled(title, "by orientation", sheet(settings.side()).draw(dictionary, byOrientation()));
        };
    }

    /** The filters before a part of them went. */
    BufferedImage pruning(TreePruning pruning) {
        return Canvas.titled(
                "Dictionary under lateral inhibition before pruning",
                "the root in the middle; units that are removed are pale",
                pruning.draw(settings.patch()));
    }

    private boolean[] used() {
        CodeStatistics usage = CodeStatistics.of(codes.codes());
        boolean[] used = new boolean[Math.toIntExact(codes.dictionary().size(1))];
        for (int unit = 0; unit < used.length; unit++) {
            used[unit] = usage.frequency(unit) > 0;
        }
        return used;
    }

    private FilterSheet sheet(int columns) {
        return new FilterSheet(settings.patch(), settings.patch(), columns, FilterZoom.of(settings.patch()));
    }

    /** The orientations of the map's filters. */
    BufferedImage orientations() {
        MapGrid grid = MapGrid.torus(settings.side(), settings.side());
        OrientationMap map = OrientationMap.of(grid, codes.dictionary(), settings.patch(), settings.patch());
        return Canvas.titled(
                "Preferred orientations",
                "a square a unit; white where a filter has no clear orientation",
                new OrientationSheet(ORIENTATION_ZOOM).drawUnits(map.field()));
    }

    /** The filters of a map or ring with the units at random places: what neighbours look like without the structure. */
    BufferedImage shuffled(long seed) {
        int[] order = Shuffles.of(settings.units(), new Random(seed));
        BufferedImage sheet = settings.structure() == InhibitionSettings.Structure.RING
                ? ring(order)
                : sheet(settings.side()).draw(codes.dictionary(), order);
        return Canvas.titled("The same filters at random places", "neighbours are any two", sheet);
    }

    /** The filters on a circle, beginning at the top, clockwise; null for their own order. */
    private BufferedImage ring(int[] order) {
        int units = settings.units();
        BufferedImage first = sheet(1).draw(codes.dictionary(), new int[] {0});
        int tile = first.getWidth();
        // neighbours touch at their corners, even where the circle is steep
        double radius = Math.max(tile, units * tile * 1.3 / (2 * Math.PI));
        int side = (int) Math.ceil(2 * radius + tile);
        BufferedImage picture = Canvas.white(side, side);
        Graphics2D g = Canvas.graphics(picture);
        for (int place = 0; place < units; place++) {
            double angle = 2 * Math.PI * place / units;
            int left = (int) Math.round(side / 2.0 + radius * Math.sin(angle) - tile / 2.0);
            int top = (int) Math.round(side / 2.0 - radius * Math.cos(angle) - tile / 2.0);
            int unit = order == null ? place : order[place];
            g.drawImage(sheet(1).draw(codes.dictionary(), new int[] {unit}), left, top, null);
        }
        g.dispose();
        return picture;
    }

    /** The units by orientation. */
    int[] byOrientation() {
        double[] orientations = FilterOrientation.of(codes.dictionary(), settings.patch(), settings.patch())
                .orientations();
        return IntStream.range(0, settings.units())
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> orientations[unit]))
                .mapToInt(unit -> unit)
                .toArray();
    }

    /** S, black where it is greatest, units by orientation. */
    BufferedImage matrix() {
        InhibitionMatrix s = codes.inhibition();
        int[] order = settings.structure() == InhibitionSettings.Structure.LEARNED
                ? byOrientation()
                : IntStream.range(0, settings.units()).toArray();
        double greatest = Double.MIN_NORMAL;
        for (double[] row : s.toArray()) {
            for (double entry : row) {
                greatest = Math.max(greatest, entry);
            }
        }
        int side = order.length * MATRIX_ZOOM;
        BufferedImage picture = Canvas.white(side, side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double entry = s.get(order[y / MATRIX_ZOOM], order[x / MATRIX_ZOOM]) / greatest;
                int grey = (int) Math.round(255 * (1 - entry));
                picture.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return Canvas.titled("Learned inhibition S", "units by orientation; black is the greatest entry", picture);
    }

    /** Some filters, and beside each those that it inhibits most. */
    BufferedImage partners() {
        InhibitionMatrix s = codes.inhibition();
        CodeStatistics usage = CodeStatistics.of(codes.codes());
        int[] shown = IntStream.range(0, settings.units())
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -usage.frequency(unit)))
                .limit(SHOWN)
                .flatMap(unit -> IntStream.concat(
                                IntStream.of(unit),
                                IntStream.range(0, settings.units())
                                        .filter(other -> other != unit)
                                        .boxed()
                                        .sorted(Comparator.comparingDouble(other -> -s.get(unit, other)))
                                        .limit(PARTNERS)
                                        .mapToInt(other -> other))
                        .boxed())
                .mapToInt(unit -> unit)
                .toArray();
        int columns = 1 + Math.min(PARTNERS, settings.units() - 1);
        return Canvas.titled(
                "Strongest inhibition",
                "left a filter that is used much, then those that it inhibits most",
                sheet(columns).draw(codes.dictionary(), shown));
    }
}
