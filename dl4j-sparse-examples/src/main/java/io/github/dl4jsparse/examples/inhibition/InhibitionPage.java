package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgFigure;
import io.github.dl4jsparse.diagnostics.SvgMatrix;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.diagnostics.UnitBrowser;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.picture.LossChart;
import io.github.dl4jsparse.group.InhibitionMatrix;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The page of a run of {@code inhibition}: figures in the order in which they bear on its claim. */
final class InhibitionPage {
    private final InhibitionResult result;
    private final InhibitionPictures pictures;

    InhibitionPage(InhibitionResult result) {
        this.result = result;
        this.pictures = new InhibitionPictures(result.settings(), result.codes());
    }

    /** All figures. */
    void addTo(HtmlReport page) {
        switch (result.settings().structure()) {
            case TREE -> tree(page);
            case ANNULUS, RING -> map(page);
            case LEARNED -> learned(page);
        }
        page.section("Training");
        page.figure(LossChart.drawUnlabelled(result.curves()), "Terms of the energy while the dictionary was learned");
        page.section("Units, on held-out patches");
        UnitBrowser.of(result.trained(), 0, result.codes().patches())
                .images(1, result.settings().patch(), result.settings().patch())
                .addTo(page);
    }

    private void tree(HtmlReport page) {
        InhibitionMeasurement m = result.measured();
        Map<String, SvgFigure> plots = new LinkedHashMap<>();
        if (Double.isFinite(m.chainFraction()) && Double.isFinite(m.chainFractionControl())) {
            plots.put(
                    "Share of the active units of a code that are on one path from the root, a mean over the held-out patches."
                            + " Control: the same entries of S between units at random.",
                    onOnePath(100 * m.chainFraction(), 100 * m.chainFractionControl()));
        }
        if (m.selectivityByDepth().stream().anyMatch(Objects::nonNull)) {
            plots.put(
                    "Selectivity of the units by their depth in the tree: 0 for a unit of one magnitude in all patches, 1 for one"
                            + " that is active in a single patch.",
                    selectivity(m));
        }
        page.plots(plots);
        page.section("Filters");
        page.figure(pictures.filters(), "Each filter scaled for itself, grey is zero");
        if (result.pruned() != null) {
            page.section("Pruning");
            page.plot(
                    energies(result.pruned()),
                    "Energy of a held-out patch, lower is better: all units; those that were kept, as they were; after more training;"
                            + " and as controls trees trained from the start, of the same shape and of a regular one.");
            page.figure(pictures.pruning(result.pruning()), "Filters before pruning; those that were removed are pale");
        }
    }

    private static SvgPlot onOnePath(double tree, double control) {
        double[] left = {0};
        double[] right = {1};
        return SvgPlot.of("", "share on one path in %")
                .positions(List.of("tree", "S shuffled"))
                .joining(left, new double[] {tree}, right, new double[] {control})
                .points("tree", left, new double[] {tree})
                .points("S shuffled", right, new double[] {control});
    }

    private static SvgPlot selectivity(InhibitionMeasurement m) {
        SvgPlot plot = SvgPlot.of("depth in the tree", "mean selectivity")
                .positions(IntStream.range(0, m.selectivityByDepth().size())
                        .mapToObj(depth -> depth == 0 ? "0 (root)" : String.valueOf(depth))
                        .toList());
        addLine(plot, "tree", m.selectivityByDepth());
        addLine(plot, "S shuffled", m.selectivityByDepthControl());
        return plot;
    }

    /** A depth where no unit is ever active has none. */
    private static void addLine(SvgPlot plot, String name, List<Double> byDepth) {
        int[] depths = IntStream.range(0, byDepth.size())
                .filter(depth -> Objects.nonNull(byDepth.get(depth)))
                .toArray();
        if (depths.length > 0) {
            plot.line(
                    name,
                    IntStream.of(depths).mapToDouble(depth -> depth).toArray(),
                    IntStream.of(depths).mapToDouble(byDepth::get).toArray());
        }
    }

    private static SvgPlot energies(TreePruningMeasurement pruned) {
        return SvgPlot.of("", "energy of a patch")
                .positions(List.of("all units", "pruned", "trained on", "same shape", "regular"))
                .bound("all units", pruned.energyBefore())
                .points("pruning", new double[] {0, 1, 2}, new double[] {
                    pruned.energyBefore(), pruned.energyPruned(), pruned.energyRetrained()
                })
                .points("from the start", new double[] {3, 4}, new double[] {
                    pruned.energySameShape(), pruned.energyRegular()
                });
    }

    private void map(HtmlReport page) {
        Map<String, BufferedImage> sheets = new LinkedHashMap<>();
        sheets.put("Filters where their units are", pictures.filters());
        sheets.put("Control: the same filters at random places", pictures.shuffled(1));
        page.beside(sheets);
        if (result.settings().structure() == InhibitionSettings.Structure.ANNULUS) {
            page.figure(pictures.orientations(), "Preferred orientations; white units have none");
        }
        page.section("Inhibition S");
        page.plot(matrix(result.codes().inhibition(), null), "Who inhibits whom: S as it was given");
    }

    private void learned(HtmlReport page) {
        Map<String, SvgFigure> planted = new LinkedHashMap<>();
        PlantedRecovery recovery = result.recovery();
        planted.put("S that was planted in synthetic inputs", matrix(recovery.planted(), null));
        planted.put("S that was learned from these inputs", matrix(recovery.found(), null));
        double[][] roc = recovery.roc();
        planted.put(
                "ROC curve of the learned S: how well a threshold on its entries tells the pairs that inhibit each other",
                SvgPlot.of("share of pairs without that pass", "share of pairs with that pass")
                        .line("learned S", roc[0], roc[1])
                        .line("chance", new double[] {0, 1}, new double[] {0, 1}));
        page.plots(planted);
        page.section("On photographs");
        Map<String, SvgFigure> learned = new LinkedHashMap<>();
        learned.put(
                "S, units by the orientation of their filters, named by their numbers",
                matrix(result.codes().inhibition(), pictures.byOrientation()));
        learned.put("Each pair of units: how often both are active, by their entry of S", pairs());
        page.plots(learned);
        page.figure(pictures.partners(), "Left filters that are used much, then those that each inhibits most");
        page.figure(pictures.filters(), "All filters, by orientation");
    }

    private SvgPlot pairs() {
        InhibitionMatrix s = result.codes().inhibition();
        CoActivation together = CoActivation.of(result.codes().codes());
        int units = s.units();
        double[] strengths = new double[units * (units - 1) / 2];
        double[] shares = new double[strengths.length];
        int count = 0;
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < i; j++) {
                strengths[count] = s.get(i, j);
                shares[count++] = 100 * together.share(i, j);
            }
        }
        return SvgPlot.of("entry of S", "both active, % of patches").points("a pair", strengths, shares);
    }

    /** @param order of the units; null for their own */
    private static SvgMatrix matrix(InhibitionMatrix s, int[] order) {
        int[] units = order == null ? IntStream.range(0, s.units()).toArray() : order;
        double[][] values = new double[units.length][units.length];
        for (int i = 0; i < units.length; i++) {
            for (int j = 0; j < units.length; j++) {
                values[i][j] = s.get(units[i], units[j]);
            }
        }
        return SvgMatrix.of(
                "unit", values, IntStream.of(units).mapToObj(String::valueOf).toList());
    }
}
