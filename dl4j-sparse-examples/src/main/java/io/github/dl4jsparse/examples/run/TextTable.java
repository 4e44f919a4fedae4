package io.github.dl4jsparse.examples.run;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes rows of cells, the first row the head; the first column to the left and the others to the right. */
public final class TextTable {
    private TextTable() {}

    /** Columns of equal width, for a terminal. */
    public static String plain(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(
                                i -> String.format(i == 0 ? "%-" + widths[i] + "s" : "%" + widths[i] + "s", row.get(i)))
                        .collect(Collectors.joining("   ", "", System.lineSeparator())))
                .collect(Collectors.joining());
    }

    /** A table of Markdown. */
    public static String markdown(List<List<String>> rows) {
        String rule = rows.get(0).stream().skip(1).map(cell -> "---:|").collect(Collectors.joining("", "|---|", "\n"));
        return line(rows.get(0))
                + rule
                + rows.stream().skip(1).map(TextTable::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
