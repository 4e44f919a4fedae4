package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.diagnostics.UnitBrowser;
import io.github.dl4jsparse.examples.run.Repetitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The page of a run of {@code stack}: its claim, and the figures in the order in which they bear on it. */
final class StackPage {
    /** Distance of the two points of a pair from the middle of their position. */
    private static final double BESIDE = 0.18;

    private static final int BROWSED = 300;

    private final StackResult result;

    StackPage(StackResult result) {
        this.result = result;
    }

    /** With the fewest labels, where pre-training is to help most, and the invariance of the pools. */
    String claim() {
        StackRow row = result.table().get(0);
        double gain = row.randomError() - row.pretrainedError();
        long won = IntStream.range(0, row.draws())
                .filter(i -> row.pretrainedErrors().get(i) < row.randomErrors().get(i))
                .count();
        String found = gain <= 0
                ? "pre-training does not help"
                : row.draws() < 2
                        ? "pre-training is better in this draw, and one draw has no spread to judge by"
                        : gain > row.spread() && won == row.draws()
                                ? "pre-training helps in every draw"
                                : "pre-training is better on average, by less than the draws vary or not in all of them";
        double ratio = Repetitions.mean(result.ratios());
        double control = Repetitions.mean(result.ratiosL1());
        return String.format(
                Locale.ROOT,
                "With %d labels the test error is %.2f %% after pre-training and %.2f %% from random weights (better in %d of %d"
                        + " draws, difference %.2f points, its standard deviation %s): %s. Under shifts the pools vary %.3f times"
                        + " as much as their units, and %.3f times where training knew no pools: the pools %s.",
                row.labels(),
                100 * row.pretrainedError(),
                100 * row.randomError(),
                won,
                row.draws(),
                100 * gain,
                row.draws() < 2 ? "unknown" : String.format(Locale.ROOT, "%.2f", 100 * row.spread()),
                found,
                ratio,
                control,
                invariance(control - ratio));
    }

    private String invariance(double gain) {
        List<Double> gains = Repetitions.differences(result.ratiosL1(), result.ratios());
        if (gains.size() < 2) {
            return gain > 0
                    ? "are more invariant in this draw, and one draw has no spread to judge by"
                    : "did not become more invariant by learning";
        }
        return gain > result.spreadOfRatios() && gains.stream().allMatch(each -> each > 0)
                ? "became more invariant by learning in every draw"
                : "did not become more invariant by learning, or by less than the draws vary";
    }

    /** All figures. */
    void addTo(HtmlReport page) {
        page.plot(
                errors(),
                "Test error by the number of labels, a dot a draw; a line joins the two networks of a draw, which saw the same"
                        + " labelled images: left from random weights (the control), right pre-trained without labels.");
        if (Stream.concat(result.ratios().stream(), result.ratiosL1().stream()).allMatch(Double::isFinite)) {
            addInvariance(page);
        }
        StackPictures pictures = result.pictures();
        page.section("Filters");
        page.figure(pictures.lower(), "Filters of the lower decoder, each scaled for itself, grey is zero");
        page.figure(pictures.pools(), "The same, a tile a pool: filters of a pool should be alike but shifted");
        page.figure(
                pictures.upper(),
                "Filters of the upper decoder, painted with the filters of the pools that they add up");
        page.section("Reconstructions");
        page.figure(
                pictures.reconstructions(result.images().test().getFeatures()),
                "Test images of normalised contrast above, what the lower decoder makes of their codes below");
        page.section("Units of the lower stage, on test images");
        UnitBrowser.of(
                        result.draws().get(0).pretrained(),
                        StackNetworks.FIRST,
                        StackData.first(result.images().test().getFeatures(), BROWSED))
                .addTo(page);
    }

    private void addInvariance(HtmlReport page) {
        page.plot(
                invariance(),
                "How much the pools vary when an image is shifted by 1 to 3 pixels, as a part of how much their units do; a dot a"
                        + " draw. Control: the same layer trained with an L1 penalty, which knows nothing of the pools.");
    }

    private SvgPlot errors() {
        List<Double> random = new ArrayList<>();
        List<Double> pretrained = new ArrayList<>();
        List<Double> positions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (StackRow row : result.table()) {
            for (int draw = 0; draw < row.draws(); draw++) {
                positions.add((double) names.size());
                random.add(100 * row.randomErrors().get(draw));
                pretrained.add(100 * row.pretrainedErrors().get(draw));
            }
            names.add(row.labels() + " labels");
        }
        return pairs("test error in %", positions, names, "random weights", random, "pre-trained", pretrained);
    }

    private SvgPlot invariance() {
        List<Double> positions = result.draws().stream().map(draw -> 0.0).toList();
        return pairs(
                "variance, pools / units",
                positions,
                List.of("shifts of 1 to 3 pixels"),
                "L1 penalty",
                result.ratiosL1(),
                "group penalty",
                result.ratios());
    }

    private static SvgPlot pairs(
            String measure,
            List<Double> positions,
            List<String> names,
            String control,
            List<Double> controls,
            String name,
            List<Double> values) {
        double[] left = positions.stream().mapToDouble(x -> x - BESIDE).toArray();
        double[] right = positions.stream().mapToDouble(x -> x + BESIDE).toArray();
        double[] from = controls.stream().mapToDouble(y -> y).toArray();
        double[] to = values.stream().mapToDouble(y -> y).toArray();
        return SvgPlot.of("", measure)
                .positions(names)
                .joining(left, from, right, to)
                .points(name, right, to)
                .points(control, left, from);
    }
}
