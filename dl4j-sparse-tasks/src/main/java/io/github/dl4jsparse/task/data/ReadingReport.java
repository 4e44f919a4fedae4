package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.List;

/**
 * The report of a reader.
 *
 * @param summary  one line: what was read, from where, what was skipped
 * @param warnings a line for each kind of irregularity, with its count and its first occurrence; empty if there was
 *      none
 */
public record ReadingReport(String summary, List<String> warnings) {
    public ReadingReport {
        Args.given("summary", summary);
        warnings = List.copyOf(Args.given("warnings", warnings));
    }

    /** The summary and the warnings, a line each. */
    @Override
    public String toString() {
        return warnings.isEmpty() ? summary : summary + "\n" + String.join("\n", warnings);
    }
}
