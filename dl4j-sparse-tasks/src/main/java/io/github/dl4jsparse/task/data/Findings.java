package io.github.dl4jsparse.task.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/** Irregularities met while reading, a line for each kind. */
final class Findings {
    private static final int SHOWN = 3;

    private final List<String> warnings = new ArrayList<>();

    void add(String warning) {
        warnings.add(warning);
    }

    /** The first of some texts, and the number of the others. */
    static String some(List<String> texts) {
        return some(texts, "");
    }

    /** The first of some texts, and the number of the others with a noun, such as " sizes". */
    static String some(List<String> texts, String what) {
        String shown = String.join("; ", texts.subList(0, Math.min(SHOWN, texts.size())));
        return texts.size() <= SHOWN ? shown : shown + "; and " + (texts.size() - SHOWN) + " more" + what;
    }

    /** A warning about classes with one example. */
    static String classesOfOne(List<String> classes) {
        return count(classes.size(), "class has", "classes have")
                + " one example, none is left to try what was learned: " + some(classes);
    }

    /** "1 image", "2 images". */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /**
     * Logs and returns the report.
     *
     * @param place  what was read, for the message
     * @param strict whether a warning is an error
     * @throws IOException if it is, and there are some
     */
    ReadingReport report(String summary, String place, boolean strict, Logger log) throws IOException {
        if (strict && !warnings.isEmpty()) {
            throw new IOException(place + " must be read without a warning (strict), got "
                    + count(warnings.size(), "warning", "warnings") + ": " + String.join("; ", warnings));
        }
        log.info("{}", summary);
        if (!warnings.isEmpty()) {
            log.warn("{}: {}", place, String.join("; ", warnings));
        }
        return new ReadingReport(summary, warnings);
    }
}
