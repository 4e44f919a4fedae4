package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The cells of a CSV file: a header or none, rows of equal length, numbers as {@link CsvCells} recognises them. */
final class CsvTable {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\"\\s*[-+]?\\d+,\\d+\\s*\"$");

    private final Path file;
    private List<String> header;
    private int width;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Map<Integer, String>> texts = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final List<String> otherWidths = new ArrayList<>();

    private CsvTable(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param hasHeader null to decide by its first line
     * @param label     name or number of the column that is kept as text; null for none
     * @throws IOException if it has no row
     */
    static CsvTable of(Path file, Boolean hasHeader, String label) throws IOException {
        CsvTable table = new CsvTable(Args.given("file", file));
        try (CsvLines lines = new CsvLines(file)) {
            List<String> first = lines.next();
            if (first == null) {
                throw new IOException(file + " has no line");
            }
            table.width = first.size();
            boolean header = hasHeader == null ? CsvCells.isHeader(first) : hasHeader;
            table.header = header ? first.stream().map(String::strip).toList() : List.of();
            int labelColumn = label == null ? -1 : table.column(label);
            for (List<String> cells = header ? lines.next() : first; cells != null; cells = lines.next()) {
                table.add(cells, lines.line(), labelColumn);
            }
        }
        table.dropEmptyEnd();
        if (table.rows.isEmpty()) {
            throw new IOException(
                    file + " has no row of numbers" + (table.header.isEmpty() ? "" : " below its header"));
        }
        return table;
    }

    private void add(List<String> cells, int line, int labelColumn) {
        boolean whole = cells.size() == width;
        double[] row = new double[width];
        Map<Integer, String> text = new HashMap<>();
        for (int i = 0; i < width; i++) {
            row[i] = whole ? CsvCells.value(cells.get(i)) : CsvCells.MISSING;
            if (i == labelColumn || row[i] == CsvCells.TEXT) {
                text.put(i, whole ? cells.get(i).strip() : "");
            }
        }
        boolean blank = cells.size() == 1 && cells.get(0).isBlank();
        if (!whole && !blank) {
            otherWidths.add("line " + line + " has " + cells.size());
        }
        if (!blank || width == 1) {
            rows.add(whole ? row : null);
            texts.add(text.isEmpty() ? Map.of() : text);
            lines.add(line);
        }
    }

    /** Removes blank lines at the end of a file of one column, which are not missing numbers. */
    private void dropEmptyEnd() {
        for (int i = rows.size() - 1; i >= 0 && width == 1 && Double.isNaN(rows.get(i)[0]); i--) {
            rows.remove(i);
            texts.remove(i);
            lines.remove(i);
        }
    }

    int width() {
        return width;
    }

    int rows() {
        return rows.size();
    }

    int line(int row) {
        return lines.get(row);
    }

    /** The numbers of a row; null if it has another number of cells than the first line. */
    double[] row(int row) {
        return rows.get(row);
    }

    /** Lines with another number of cells than the first. */
    List<String> otherWidths() {
        return otherWidths;
    }

    /** The text of a cell that is a label or no number. */
    String text(int row, int column) {
        return texts.get(row).getOrDefault(column, "");
    }

    /** The name of a column in messages. */
    String name(int column) {
        return header.isEmpty() ? String.valueOf(column + 1) : header.get(column);
    }

    /**
     * The position of a column.
     *
     * @param nameOrNumber a name of the header, else a number from 1
     * @throws IllegalArgumentException if there is none; names file and columns
     */
    int column(String nameOrNumber) {
        int named = header.indexOf(nameOrNumber);
        if (named >= 0) {
            return named;
        }
        if (nameOrNumber.matches("\\d{1,9}")) {
            int number = Integer.parseInt(nameOrNumber);
            if (number >= 1 && number <= width) {
                return number - 1;
            }
        }
        String names = header.isEmpty()
                ? "a number from 1 to " + width + ", as it has no header"
                : "one of " + header.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                        + ", or a number from 1 to " + width;
        throw Args.failure("column of " + file, names, "\"" + nameOrNumber + "\"");
    }

    /** Whether a column has no number, or more text than numbers. */
    private boolean isText(int column) {
        int numbers = 0;
        int texts = 0;
        for (double[] row : rows) {
            numbers += row != null && Double.isFinite(row[column]) ? 1 : 0;
            texts += row != null && row[column] == CsvCells.TEXT ? 1 : 0;
        }
        return numbers == 0 || texts > numbers;
    }

    private String firstText(int column) {
        return IntStream.range(0, rows())
                .filter(row -> row(row) != null && row(row)[column] == CsvCells.TEXT)
                .mapToObj(row -> cell(row, column))
                .findFirst()
                .orElse("column \"" + name(column) + "\": nothing");
    }

    /** "line 7, column "b": "abc"". */
    String cell(int row, int column) {
        return "line " + line(row) + ", column \"" + name(column) + "\": \"" + text(row, column) + "\"";
    }

    /**
     * The columns of numbers: those named, or all but the label and those of text.
     *
     * @param wanted   empty for all
     * @param label    name or number of a column that is none of them; null for none
     * @param findings receives columns that are left out
     * @throws IOException if there is none, or a named one holds text
     */
    List<Integer> numbers(List<String> wanted, String label, Findings findings) throws IOException {
        int labelColumn = label == null ? -1 : column(label);
        List<Integer> columns = wanted.isEmpty()
                ? IntStream.range(0, width)
                        .filter(c -> c != labelColumn)
                        .boxed()
                        .toList()
                : wanted.stream().map(this::column).toList();
        List<Integer> text = columns.stream().filter(this::isText).toList();
        List<String> examples = text.stream().map(this::firstText).toList();
        String hint = examples.stream()
                        .anyMatch(example -> DECIMAL_COMMA.matcher(example).find())
                ? "; numbers must have a decimal point, not a comma"
                : "";
        if (!text.isEmpty() && (!wanted.isEmpty() || text.size() == columns.size())) {
            throw new IOException(
                    file + " must hold numbers" + (wanted.isEmpty() ? "" : " in the columns that are named") + ", got "
                            + Findings.some(examples) + hint + "; name columns of numbers");
        }
        if (!text.isEmpty()) {
            findings.add(Findings.count(text.size(), "column holds", "columns hold") + " no numbers and "
                    + (text.size() == 1 ? "is" : "are") + " left out: " + Findings.some(examples) + hint);
        }
        return columns.stream().filter(c -> !isText(c)).toList();
    }
}
