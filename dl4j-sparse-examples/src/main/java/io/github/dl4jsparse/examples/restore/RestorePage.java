package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.examples.run.Repetitions;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the report of {@code restore} says and shows: images before and after, PSNR and SSIM of each.
 *
 * @param way     what restored
 * @param figures of all images
 * @param shown   pictures of the first of them, by captions
 */
record RestorePage(String way, List<RestoredImage.Figures> figures, List<Map<String, BufferedImage>> shown) {
    /** Images whose pictures are on the page, at most: it holds them itself. */
    static final int SHOWN = 8;

    private boolean measured() {
        return figures.get(0).psnr() != null;
    }

    /** What was restored and how well, against the images before. */
    String claim() {
        String what = figures.size() == 1 ? figures.get(0).name() : figures.size() + " images";
        if (!measured()) {
            return what + (figures.size() == 1 ? " was" : " were") + " restored by the " + way + ", "
                    + (figures.get(0).filled() == null ? "" : filledIn() + ", ")
                    + "at an assumed noise of level " + noise()
                    + "; how near the result is to the truth is not measured: that takes clean images and --add-noise or "
                    + "--remove.";
        }
        List<Double> gains =
                figures.stream().map(f -> f.psnr() - f.psnrBefore()).toList();
        double gain = Repetitions.mean(gains);
        long better = gains.stream().filter(g -> g > 0).count();
        String verdict =
                gain > 0 ? "is nearer to the original" : "is not nearer to the original: restoring did not help";
        String spread = figures.size() == 1
                ? String.format(Locale.ROOT, "%+.2f dB", gain)
                : String.format(
                        Locale.ROOT,
                        "%+.2f ± %.2f dB, mean and standard deviation; better for %d of %d images",
                        gain,
                        Repetitions.deviation(gains),
                        better,
                        gains.size());
        return String.format(
                Locale.ROOT,
                "%s, restored by the %s, %s: PSNR %.2f dB, before it %.2f dB (%s)%s.",
                what,
                way,
                figures.size() == 1 ? verdict : verdict.replaceFirst("^is", "are"),
                mean(RestoredImage.Figures::psnr),
                mean(RestoredImage.Figures::psnrBefore),
                spread,
                similarity());
    }

    private String similarity() {
        return figures.stream().anyMatch(f -> f.ssim() == null)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; SSIM %.3f, before it %.3f",
                        mean(RestoredImage.Figures::ssim),
                        mean(RestoredImage.Figures::ssimBefore));
    }

    private String filledIn() {
        long filled = figures.stream().mapToLong(RestoredImage.Figures::filled).sum();
        long all = figures.stream().mapToLong(RestoredImage.Figures::pixels).sum();
        return String.format(Locale.ROOT, "%d of %d pixels (%.1f %%) filled in", filled, all, 100.0 * filled / all);
    }

    private String noise() {
        double least =
                figures.stream().mapToDouble(RestoredImage.Figures::sigma).min().orElseThrow();
        double most =
                figures.stream().mapToDouble(RestoredImage.Figures::sigma).max().orElseThrow();
        return least == most
                ? String.format(Locale.ROOT, "%.1f", most)
                : String.format(Locale.ROOT, "%.1f to %.1f", least, most);
    }

    private double mean(ToDoubleFunction<RestoredImage.Figures> figure) {
        return figures.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** Adds the first image, the figures of all, then the other images. */
    void addTo(HtmlReport page) {
        page.beside(shown.get(0));
        if (measured() && figures.size() > 1) {
            double[] numbers =
                    IntStream.rangeClosed(1, figures.size()).asDoubleStream().toArray();
            page.plot(
                    SvgPlot.of("image, as numbered in the table", "PSNR in dB")
                            .points("restored", numbers, values(RestoredImage.Figures::psnr))
                            .points("before", numbers, values(RestoredImage.Figures::psnrBefore)),
                    "Peak signal-to-noise ratio of each image before and after; more is better");
        }
        page.table(
                heading(),
                IntStream.range(0, figures.size()).mapToObj(this::row).toList());
        if (shown.size() > 1) {
            page.section("More images");
            shown.subList(1, shown.size()).forEach(page::beside);
        }
        if (figures.size() > shown.size()) {
            page.paragraph("The first " + shown.size() + " of " + figures.size()
                    + " images are shown; the others are in the files NAME-compared.png beside this page.");
        }
    }

    private double[] values(ToDoubleFunction<RestoredImage.Figures> figure) {
        return figures.stream().mapToDouble(figure).toArray();
    }

    private List<String> heading() {
        List<String> heading = new ArrayList<>(List.of("", "image", "noise, of 255"));
        if (figures.get(0).filled() != null) {
            heading.add("pixels filled in");
        }
        if (measured()) {
            heading.addAll(List.of("PSNR before", "PSNR restored", "SSIM before", "SSIM restored"));
        }
        heading.add("seconds");
        return heading;
    }

    private List<String> row(int number) {
        RestoredImage.Figures f = figures.get(number);
        List<String> row = new ArrayList<>(List.of(String.valueOf(number + 1), f.name(), text("%.1f", f.sigma())));
        if (figures.get(0).filled() != null) {
            row.add(f.filled() + " of " + f.pixels());
        }
        if (measured()) {
            row.addAll(List.of(
                    text("%.2f", f.psnrBefore()),
                    text("%.2f", f.psnr()),
                    text("%.3f", f.ssimBefore()),
                    text("%.3f", f.ssim())));
        }
        row.add(text("%.1f", f.seconds()));
        return row;
    }

    private static String text(String form, Double value) {
        return value == null ? "" : String.format(Locale.ROOT, form, value);
    }
}
