package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The result of one run of a command: figures, files, and a text for people. */
public interface Result {
    /** Name of the data. */
    String data();

    /** The figures by their keys in {@code result.json}; shares are fractions from 0 to 1. */
    Map<String, Object> figures();

    /** A few lines for people. */
    String summary();

    /** Writes networks and pictures; {@code result.json} and the report are written by {@link Experiment}. */
    void write(RunDirectory directory) throws IOException;

    /** The page {@code report.html}; empty for none. */
    default Optional<HtmlReport> report() {
        return Optional.empty();
    }

    /** The key of the figure that several runs are listed and summed up by; empty for none. */
    default String headline() {
        return "";
    }
}
