package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.examples.run.Repetitions;
import io.github.dl4jsparse.examples.run.Result;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of all draws of {@code stack}.
 *
 * @param images what was trained and measured on
 * @param table  a row for each number of labels
 */
record StackResult(StackSettings settings, StackData images, List<StackDraw> draws, List<StackRow> table)
        implements Result {
    static StackResult of(StackSettings settings, StackData images, List<StackDraw> draws) {
        List<StackRow> table = draws.get(0).errors().keySet().stream()
                .map(labels -> StackRow.of(
                        labels,
                        draws.stream().map(draw -> draw.errors().get(labels)).toList(),
                        draws.stream()
                                .map(draw -> draw.randomErrors().get(labels))
                                .toList()))
                .toList();
        return new StackResult(settings, images, draws, table);
    }

    List<Double> ratios() {
        return draws.stream().map(StackDraw::ratio).toList();
    }

    List<Double> ratiosL1() {
        return draws.stream().map(StackDraw::ratioL1).toList();
    }

    double spreadOfRatios() {
        return Repetitions.deviation(Repetitions.differences(ratiosL1(), ratios()));
    }

    @Override
    public String data() {
        return images.name();
    }

    @Override
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("table", table.stream().map(ResultJson::keys).toList());
        figures.put("invarianceRatio", Repetitions.mean(ratios()));
        figures.put("invarianceRatioL1", Repetitions.mean(ratiosL1()));
        figures.put("invarianceRatios", ratios());
        figures.put("invarianceRatiosL1", ratiosL1());
        figures.put("invarianceSpread", spreadOfRatios());
        return figures;
    }

    /** Of the first draw. */
    StackPictures pictures() {
        return new StackPictures(settings, draws.get(0).pretrained());
    }

    @Override
    public String claim() {
        return new StackPage(this).claim();
    }

    @Override
    public void show(HtmlReport page) {
        new StackPage(this).addTo(page);
    }

    @Override
    public void write(RunDirectory directory) throws IOException {
        directory.write("network.zip", draws.get(draws.size() - 1).trained());
        StackPictures pictures = pictures();
        directory.write("filters-first.png", pictures.lower());
        directory.write("filters-second.png", pictures.upper());
        directory.write(
                "reconstructions.png", pictures.reconstructions(images.test().getFeatures()));
    }

    @Override
    public String summary() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Variance of pools under shifts, as a part of that of units: %.3f; with L1 only %.3f, spread of the "
                        + "difference %.3f",
                Repetitions.mean(ratios()),
                Repetitions.mean(ratiosL1()),
                spreadOfRatios()));
        for (StackRow row : table) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%d labels, %d draws: error %.2f %% pre-trained, %.2f %% random, difference %.2f, its spread %.2f",
                    row.labels(),
                    row.draws(),
                    100 * row.pretrainedError(),
                    100 * row.randomError(),
                    100 * (row.randomError() - row.pretrainedError()),
                    100 * row.spread()));
        }
        return text.toString();
    }
}
