package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.task.AnomalyDetector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Defects that a program planted in tiles of photographs: each texture is dealt several times into tiles to fit, to hold out and to
 * measure on; a detector is fitted to each.
 */
final class TextureRun {
    private static final String[] KINDS = {"scratch", "blot", "missing part"};

    private final AnomalySettings settings;
    private final long seed;
    private final int splits;

    TextureRun(AnomalySettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        this.splits = settings.splits();
    }

    /** The figures of one texture, means over the splits. */
    private record Row(String texture, double images, double pixels, double[] kinds, int alarms, int fresh) {}

    /** The detector of one split, its defects and heat maps. */
    private record Split(AnomalyDetector detector, TextureTiles tiles, PlantedDefects defects, INDArray maps) {}

    /**
     * Fits and measures.
     *
     * @param textures {@code [height][width]} by name
     * @throws IOException if a photograph is too small
     */
    AnomalyOutcome of(String data, Map<String, float[][]> textures) throws IOException {
        List<Row> rows = new ArrayList<>();
        Map<String, BufferedImage> pictures = new LinkedHashMap<>();
        Map<String, Split> firsts = new LinkedHashMap<>();
        AnomalyDetector last = null;
        for (Map.Entry<String, float[][]> texture : textures.entrySet()) {
            List<Split> dealt = new ArrayList<>();
            for (int k = 0; k < splits; k++) {
                dealt.add(split(texture.getKey(), texture.getValue(), seed + k));
            }
            rows.add(row(texture.getKey(), dealt));
            Split first = dealt.get(0);
            firsts.put(texture.getKey(), first);
            double[] odd = first.detector.score(first.defects.images());
            pictures.put(
                    texture.getKey() + ".png",
                    AnomalyPictures.defects(first.defects.images(), first.maps, first.detector, odd));
            last = first.detector;
        }
        return new AnomalyOutcome(
                data, List.of(), lines(rows), figures(rows), pictures, last, new AnomalyFinding(claim(rows), page -> {
                    firsts.forEach((name, first) -> show(page, name, first, pictures.get(name + ".png")));
                    List<List<String>> table = table(rows);
                    page.table(table.get(0), table.subList(1, table.size()));
                }));
    }

    private String claim(List<Row> rows) {
        Row worst = rows.stream().min(Comparator.comparingDouble(Row::images)).orElseThrow();
        return String.format(
                Locale.ROOT,
                "Tiles with a planted defect of 1 %% of their area are told from good ones with an AUC of %.4f, pixels of the "
                        + "defects from others with %.4f (chance 0.5; %s of %s); false alarms: %d of %d "
                        + "fresh good tiles, stated share %s.",
                rows.stream().mapToDouble(Row::images).average().orElseThrow(),
                rows.stream().mapToDouble(Row::pixels).average().orElseThrow(),
                splits == 1 ? "one split" : "means of " + splits + " splits",
                rows.size() == 1
                        ? rows.get(0).texture
                        : String.format(
                                Locale.ROOT,
                                "%d textures, the worst %s with %.4f",
                                rows.size(),
                                worst.texture,
                                worst.images),
                rows.stream().mapToInt(Row::alarms).sum(),
                rows.stream().mapToInt(Row::fresh).sum(),
                Double.toString(settings.falseAlarms()));
    }

    private static void show(HtmlReport page, String name, Split split, BufferedImage defects) {
        page.section("Texture " + name + ", the first split");
        INDArray fresh = TextureTiles.batch(split.tiles.fresh());
        double[] good = split.detector.score(fresh);
        double[] odd = split.detector.score(split.defects.images());
        Map<String, double[]> groups = new LinkedHashMap<>();
        groups.put("good tiles", good);
        for (PlantedDefects.Kind kind : PlantedDefects.Kind.values()) {
            groups.put(
                    KINDS[kind.ordinal()],
                    IntStream.range(0, odd.length)
                            .filter(i -> split.defects.kinds()[i] == kind)
                            .mapToDouble(i -> odd[i])
                            .toArray());
        }
        AnomalyFinding.addScores(page, split.detector.threshold(), groups);
        Map<String, BufferedImage> beside = new LinkedHashMap<>();
        beside.put("Tiles with a planted defect, and below each where it is odd", defects);
        beside.put(
                "The same tiles as they are, good",
                AnomalyPictures.defects(fresh, split.detector.heatMaps(fresh), split.detector, good));
        page.beside(beside);
    }

    private static Row row(String texture, List<Split> dealt) {
        double images = 0;
        double pixels = 0;
        double[] kinds = new double[PlantedDefects.Kind.values().length];
        int alarms = 0;
        int fresh = 0;
        for (Split split : dealt) {
            double[] good = split.detector.score(TextureTiles.batch(split.tiles.fresh()));
            double[] odd = split.detector.score(split.defects.images());
            images += area(good, odd, null, split.defects) / dealt.size();
            for (PlantedDefects.Kind kind : PlantedDefects.Kind.values()) {
                kinds[kind.ordinal()] += area(good, odd, kind, split.defects) / dealt.size();
            }
            pixels += pixels(split) / dealt.size();
            for (double score : good) {
                alarms += score > split.detector.threshold() ? 1 : 0;
            }
            fresh += good.length;
        }
        return new Row(texture, images, pixels, kinds, alarms, fresh);
    }

    private Split split(String name, float[][] pixels, long number) throws IOException {
        TextureTiles tiles = TextureTiles.of(name, pixels, number);
        AnomalyDetector detector =
                settings.builder(number).fit(TextureTiles.batch(tiles.fitted()), TextureTiles.batch(tiles.heldOut()));
        PlantedDefects defects = PlantedDefects.in(tiles.fresh(), number);
        return new Split(detector, tiles, defects, detector.heatMaps(defects.images()));
    }

    /** @param kind null for all */
    private static double area(double[] good, double[] odd, PlantedDefects.Kind kind, PlantedDefects defects) {
        double[] scores = new double[good.length + odd.length];
        boolean[] marks = new boolean[scores.length];
        System.arraycopy(good, 0, scores, 0, good.length);
        int n = good.length;
        for (int i = 0; i < odd.length; i++) {
            if (kind == null || defects.kinds()[i] == kind) {
                scores[n] = odd[i];
                marks[n++] = true;
            }
        }
        return AreaUnderCurve.of(Arrays.copyOf(scores, n), Arrays.copyOf(marks, n));
    }

    private static double pixels(Split split) {
        double[] scores = split.maps.dup('c').data().asDouble();
        boolean[] marks = new boolean[scores.length];
        int at = 0;
        for (boolean[] mask : split.defects.masks()) {
            System.arraycopy(mask, 0, marks, at, mask.length);
            at += mask.length;
        }
        return AreaUnderCurve.of(scores, marks);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static List<List<String>> table(List<Row> rows) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("texture", "image AUC", KINDS[0], KINDS[1], KINDS[2], "pixel AUC", "false alarms"));
        for (Row row : rows) {
            table.add(List.of(
                    row.texture,
                    number(row.images),
                    number(row.kinds[0]),
                    number(row.kinds[1]),
                    number(row.kinds[2]),
                    number(row.pixels),
                    row.alarms + " of " + row.fresh));
        }
        return table;
    }

    private List<String> lines(List<Row> rows) {
        int alarms = rows.stream().mapToInt(Row::alarms).sum();
        int fresh = rows.stream().mapToInt(Row::fresh).sum();
        return List.of(
                TextTable.plain(table(rows)).stripTrailing(),
                String.format(
                        Locale.ROOT,
                        "False alarms on fresh tiles: %.3f, stated %s, over %d splits a texture",
                        alarms / (double) fresh,
                        Double.toString(settings.falseAlarms()),
                        splits));
    }

    private static Map<String, Object> figures(List<Row> rows) {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Row row : rows) {
            figures.put(row.texture + "ImageAuc", row.images);
            figures.put(row.texture + "PixelAuc", row.pixels);
            figures.put(row.texture + "FalseAlarms", row.alarms / (double) row.fresh);
        }
        int alarms = rows.stream().mapToInt(Row::alarms).sum();
        figures.put(
                "falseAlarms",
                alarms / (double) rows.stream().mapToInt(Row::fresh).sum());
        return figures;
    }
}
