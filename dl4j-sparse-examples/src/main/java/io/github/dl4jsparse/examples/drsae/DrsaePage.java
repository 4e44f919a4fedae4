package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgFigure;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.diagnostics.UnitAngles;
import io.github.dl4jsparse.diagnostics.UnitBrowser;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.picture.LossChart;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The page of a run of {@code drsae}: its claim, and the figures in the order in which they bear on it. */
final class DrsaePage {
    private static final double SIGNIFICANT = 0.05;

    private final DrsaeResult result;

    DrsaePage(DrsaeResult result) {
        this.result = result;
    }

    private Digits digits() {
        return result.digits();
    }

    /** The error beside that of class means, and what joint training did to the units. */
    String claim() {
        double error = result.after().testError();
        DrsaeControl control = result.control();
        boolean clear = control.classMeansP() < SIGNIFICANT;
        String than = error < control.classMeansError()
                ? "the network is better"
                : error > control.classMeansError() ? "the network is worse" : "they are equal";
        int more = result.after().categoricalUnits() - result.before().categoricalUnits();
        return String.format(
                Locale.ROOT,
                "The network gets %.2f %% of %d test images wrong, the nearest class mean %.2f %%: %s, %s (sign test, p %s)."
                        + " Of %d units %d are categorical after joint training and %d before it: %s.",
                100 * error,
                digits().test().numExamples(),
                100 * control.classMeansError(),
                than,
                clear ? "and not by chance" : "but chance explains that",
                p(control.classMeansP()),
                result.settings().units(),
                result.after().categoricalUnits(),
                result.before().categoricalUnits(),
                more > 0
                        ? "the split into parts and categories began with joint training"
                        : "joint training did not split them into parts and categories");
    }

    private static String p(double value) {
        return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", value);
    }

    /** All figures. */
    void addTo(HtmlReport page) {
        page.plot(
                errors(),
                "Wrong answers on the test images of each class: the network, and as a control the nearest mean of the training"
                        + " images of a class.");
        DrsaeUnits units = new DrsaeUnits(digits(), result.trained());
        kinds(page);
        categorical(page, units);
        filters(page, units);
        reconstructions(page, units);
        page.section("Training");
        List<BufferedImage> charts = LossChart.drawApart(result.curves());
        Map<String, BufferedImage> training = new LinkedHashMap<>();
        training.put("Terms of the loss on the training images", charts.get(0));
        training.put("Error on the validation images", charts.get(1));
        page.beside(training);
        page.links(Map.of("curves of the code during training", "training.html"));
        page.section("Units, on test images");
        UnitBrowser.of(result.trained(), 0, units.images())
                .images(1, digits().height(), digits().width())
                .addTo(page);
    }

    private void kinds(HtmlReport page) {
        UnitKinds kinds = new UnitKinds(result.pretrained(), result.trained());
        if (kinds.isEmpty()) {
            page.paragraph(
                    "No unit has an angle between its encoder row and decoder column: one of them is zero or not finite.");
            return;
        }
        Map<String, SvgFigure> plots = new LinkedHashMap<>();
        plots.put(
                "Angle between the encoder row and the decoder column of each unit before and after joint training, a line a unit."
                        + " A unit below " + UnitAngles.PART_BELOW + " rad codes a part of an image, one above "
                        + UnitAngles.CATEGORICAL_ABOVE + " rad is driven by other units and stands for a class.",
                kinds.angles());
        plots.put(
                "Weight of each unit in the classifier C by its angle, after joint training; before it the classifier is random.",
                kinds.weights());
        page.plots(plots);
    }

    private SvgPlot errors() {
        DrsaeControl control = result.control();
        double[] classes =
                IntStream.range(0, control.classes().size()).mapToDouble(i -> i).toArray();
        return SvgPlot.of("class", "test error in %")
                .positions(control.classes().stream().map(String::valueOf).toList())
                .joining(classes, percent(control.meansByClass()), classes, percent(control.byClass()))
                .points("network", classes, percent(control.byClass()))
                .points("nearest class mean", classes, percent(control.meansByClass()));
    }

    private static double[] percent(List<Double> shares) {
        return shares.stream().mapToDouble(share -> 100 * share).toArray();
    }

    private static void categorical(HtmlReport page, DrsaeUnits units) {
        page.section("Categorical units");
        if (!units.hasCategorical()) {
            page.paragraph("No unit is categorical: no angle is above " + UnitAngles.CATEGORICAL_ABOVE + " rad.");
            return;
        }
        page.figure(
                units.votes(),
                "Decoder filters of the categorical units, each below the class that the classifier gives it the largest weight for,"
                        + " the largest weight first; in brackets how many there are of a class.");
    }

    private void filters(HtmlReport page, DrsaeUnits units) {
        DrsaePictures pictures = result.pictures();
        page.section("Filters");
        Map<String, BufferedImage> sheets = new LinkedHashMap<>();
        sheets.put("Before joint training: grey is zero, each filter scaled for itself", pictures.filtersBefore());
        sheets.put("After joint training", pictures.filtersAfter());
        page.beside(sheets);
        page.figure(
                units.drivers(),
                "Pairs: left the decoder filter of a unit, right the mean of the twentieth of the test images for which it is"
                        + " strongest; by rising angle. A plain right half is a unit that no test image drives.");
    }

    private void reconstructions(HtmlReport page, DrsaeUnits units) {
        page.section("Reconstruction after each iteration");
        double[] errors = units.errors();
        double[] steps =
                IntStream.rangeClosed(1, errors.length).mapToDouble(i -> i).toArray();
        if (!DoubleStream.of(errors).allMatch(Double::isFinite)) {
            page.paragraph("The reconstructions are not finite: the training diverged.");
            return;
        }
        page.plot(
                SvgPlot.of("iteration t", "mean |x - D z|, where |x| = 1")
                        .positions(IntStream.rangeClosed(0, errors.length)
                                .mapToObj(String::valueOf)
                                .toList())
                        .line("network", steps, errors)
                        .bound("no code", 1),
                "Mean error of the reconstruction after each iteration, on test images; without a code it is 1.");
        page.figure(
                result.pictures().progressive(),
                "An image of each class, and what the decoder makes of its code after each iteration");
    }
}
