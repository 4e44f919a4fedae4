package io.github.dl4jsparse.task.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The content of a cell of a CSV file: a number, a missing number or text. */
final class CsvCells {
    /** Stands for a missing number. */
    static final double MISSING = Double.NaN;
    /** Stands for a cell that is neither a number of single precision nor missing. */
    static final double TEXT = Double.POSITIVE_INFINITY;

    private static final Set<String> NONE = Set.of("", "na", "n/a", "nan", "null", "?");
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    private CsvCells() {}

    static boolean isMissing(String cell) {
        return NONE.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    /** A finite number, {@link #MISSING} or {@link #TEXT}. */
    static double value(String cell) {
        String text = cell.strip();
        if (isMissing(text)) {
            return MISSING;
        }
        // Java's parser also takes "1d", "0x1p3" and "Infinity"
        char last = text.charAt(text.length() - 1);
        if (!Character.isDigit(last) && last != '.' || text.indexOf('x') >= 0 || text.indexOf('X') >= 0) {
            return TEXT;
        }
        try {
            double value = Double.parseDouble(text);
            return Math.abs(value) <= Float.MAX_VALUE ? value : TEXT;
        } catch (NumberFormatException e) {
            return TEXT;
        }
    }

    /** Whether a first line is a header: it holds no number, and a text. */
    static boolean isHeader(List<String> cells) {
        return cells.stream().anyMatch(cell -> value(cell) == TEXT)
                && cells.stream().noneMatch(cell -> Double.isFinite(value(cell)));
    }

    /** Of comma, semicolon and tab the one that a line has most often outside of quotes; comma if it has none. */
    static char delimiter(String line) {
        int[] counts = new int[DELIMITERS.size()];
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            quoted ^= c == '"';
            int at = quoted ? -1 : DELIMITERS.indexOf(c);
            if (at >= 0) {
                counts[at]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return DELIMITERS.get(best);
    }
}
