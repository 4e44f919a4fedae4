package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import java.io.IOException;
import java.util.Map;

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

    /** What the run found, in one sentence with its figure and its control. */
    default String claim() {
        return summary().lines().findFirst().orElse("");
    }

    /** Adds the figures of the result to the page {@code report.html}, the one that carries the claim first. */
    default void show(HtmlReport page) {}

    /** The key of the figure that several runs are listed and summed up by; empty for none. */
    default String headline() {
        return "";
    }
}
