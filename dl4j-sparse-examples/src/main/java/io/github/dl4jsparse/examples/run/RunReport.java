package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page {@code report.html} of a command: what was found in a sentence, the figures of the result, then how it was made - command
 * line, seed, machine, settings - and the files beside it.
 */
final class RunReport {
    private static final List<String> HEADING = List.of("name", "value");

    private final String command;
    private final List<String> arguments;
    private final String version;
    private final Map<String, Object> settings;

    /**
     * @param command   its name
     * @param arguments as they were given, the command's name first
     * @param version   of the program; null if it is not known
     * @param settings  by their names in {@code result.json}
     */
    RunReport(String command, List<String> arguments, String version, Map<String, Object> settings) {
        this.command = command;
        this.arguments = arguments;
        this.version = version;
        this.settings = settings;
    }

    /** The page of one run; files are those beside it. */
    HtmlReport of(FinishedRun run, List<String> files) {
        Result result = run.result();
        HtmlReport page = new HtmlReport(command + ": " + result.data());
        page.headline(result.claim());
        result.show(page);
        return madeBy(page, run.seed() + "", run.seconds(), files);
    }

    /** The page of several runs: their main figure by seed, and links to their own pages. */
    HtmlReport of(List<FinishedRun> runs, List<String> files) {
        HtmlReport page = new HtmlReport(
                command + ", " + runs.size() + " seeds: " + runs.get(0).result().data());
        Spread spread = new Spread(runs);
        page.headline(spread.summary());
        String key = runs.get(0).result().headline();
        double[] seeds = runs.stream().mapToDouble(FinishedRun::seed).toArray();
        double[] values =
                spread.values(key).stream().mapToDouble(Double::doubleValue).toArray();
        if (Arrays.stream(values).allMatch(Double::isFinite)) {
            page.plot(SvgPlot.of("seed", key).points("a run", seeds, values), key + " of each seed");
        }
        Map<String, String> pages = new LinkedHashMap<>();
        runs.forEach(run -> pages.put("seed " + run.seed(), "seed-" + run.seed() + "/report.html"));
        page.links(pages);
        runs.forEach(
                run -> page.paragraph("Seed " + run.seed() + ": " + run.result().claim()));
        double seconds = runs.stream().mapToDouble(FinishedRun::seconds).sum();
        return madeBy(
                page, runs.get(0).seed() + " to " + runs.get(runs.size() - 1).seed(), seconds, files);
    }

    private HtmlReport madeBy(HtmlReport page, String seeds, double seconds, List<String> files) {
        page.section("How it was made").code("java -jar sparse.jar " + String.join(" ", arguments));
        Machine machine = Machine.here();
        page.table(
                HEADING,
                List.of(
                        List.of("seed", seeds),
                        List.of("seconds", String.format(Locale.ROOT, "%.0f", seconds)),
                        List.of("version", version == null ? "unknown" : version),
                        List.of("threads", machine.threads() + " of " + machine.processors() + " processors"),
                        List.of("matrix products", machine.blas() + ", kernels " + machine.kernels()),
                        List.of("system", machine.system() + ", Java " + machine.java())));
        page.folded(
                "Settings",
                HEADING,
                settings.entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
                        .toList());
        Map<String, String> links = new LinkedHashMap<>();
        links.put("result.json", "result.json");
        files.stream()
                .filter(file -> file.matches(".*\\.(html|zip|csv|onnx)") && !file.contains("/"))
                .forEach(file -> links.put(file, file));
        return page.links(links);
    }
}
