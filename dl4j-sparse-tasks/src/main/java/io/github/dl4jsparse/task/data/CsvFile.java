package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads vectors from a CSV file by DataVec's {@code CSVRecordReader}: a row is an example, a column a feature.
 * <pre>{@code
 * ExampleSet rows = CsvFile.of(Path.of("iris.csv")).label("species").read();
 * }</pre>
 * <p>The file may be packed by gzip; cells are separated by commas, semicolons or tabs, whichever the first line has most of; the first
 * line is a header if it holds text and no number, unless {@link #header} says so. Columns are named by the header or by numbers
 * from 1.
 * <p>Shapes: features are {@code [rows, columns]}.
 * <p>Irregularities are logged and reported, with their count and the line of the first, and reading continues: rows
 * with missing numbers (see {@link #missing}), with text where numbers belong, with another number of cells or without
 * a label, all of which are skipped; columns of text that were not named; one row only, a class of one example. With
 * {@link #strict} they are errors.
 * <p>Errors: an {@code IOException} if there is no row of numbers, an {@code IllegalArgumentException} if there is no such column.
 * Immutable.
 */
public final class CsvFile {
    private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);

    private final Path file;
    private final List<String> columns;
    private final String label;
    private final Boolean header;
    private final MissingValues missing;
    private final boolean strict;

    private CsvFile(
            Path file, List<String> columns, String label, Boolean header, MissingValues missing, boolean strict) {
        this.file = file;
        this.columns = columns;
        this.label = label;
        this.header = header;
        this.missing = missing;
        this.strict = strict;
    }

    /** All columns of numbers of a file. */
    public static CsvFile of(Path file) {
        return new CsvFile(Args.given("file", file), List.of(), null, null, MissingValues.SKIP_ROW, false);
    }

    /**
     * These columns, in this order.
     *
     * @param names of the header, or numbers from 1; none for all columns of numbers but the label
     */
    public CsvFile columns(String... names) {
        return new CsvFile(file, List.of(Args.given("columns", names)), label, header, missing, strict);
    }

    /**
     * Takes the classes from a column.
     *
     * @param column a name of the header, or a number from 1
     */
    public CsvFile label(String column) {
        return new CsvFile(file, columns, Args.given("label", column), header, missing, strict);
    }

    /** Whether the first line is a header; by default it is one if it holds text and no number. */
    public CsvFile header(boolean present) {
        return new CsvFile(file, columns, label, present, missing, strict);
    }

    /** The treatment of rows with missing numbers; by default they are skipped. */
    public CsvFile missing(MissingValues way) {
        return new CsvFile(file, columns, label, header, Args.given("missing", way), strict);
    }

    /** Makes every warning an error. */
    public CsvFile strict() {
        return new CsvFile(file, columns, label, header, missing, true);
    }

    /**
     * Reads the rows.
     *
     * @throws IOException              if there is none; names file, rule and what was found
     * @throws IllegalArgumentException if there is no column of a name; names those that there are
     */
    public ExampleSet read() throws IOException {
        Findings findings = new Findings();
        CsvTable table = CsvTable.of(file, header, label);
        List<Integer> chosen = table.numbers(columns, label, findings);
        CsvRows rows = new CsvRows(table, chosen, label == null ? -1 : table.column(label), missing);
        rows.addFindings(findings);
        if (rows.kept().isEmpty()) {
            throw new IOException(file + " has no row without a fault: " + rows.faults());
        }
        List<String> labels = rows.labels();
        addFewFindings(labels, rows.kept().size(), findings);
        String summary = "read " + Findings.count(rows.kept().size(), "row", "rows") + " of "
                + Findings.count(chosen.size(), "column", "columns")
                + (label == null ? "" : ", " + Findings.count(Set.copyOf(labels).size(), "class", "classes"))
                + ", from " + file + (rows.faults().isEmpty() ? "" : "; " + rows.faults());
        ReadingReport report = findings.report(summary, file.toString(), strict, LOG);
        List<String> names = rows.kept().stream()
                .map(row -> file.getFileName() + " line " + table.line(row))
                .toList();
        List<String> columnNames = chosen.stream().map(table::name).toList();
        return new ExampleSet(Nd4j.createFromArray(rows.values()), names, labels, columnNames, report);
    }

    private void addFewFindings(List<String> labels, int rows, Findings findings) {
        if (rows == 1) {
            findings.add(file + " has one row, none is left to try what was learned");
        }
        Map<String, Integer> counts = new TreeMap<>();
        labels.forEach(name -> counts.merge(name, 1, Integer::sum));
        counts.values().removeIf(count -> count > 1);
        if (!counts.isEmpty()) {
            findings.add(Findings.classesOfOne(new ArrayList<>(counts.keySet())));
        }
    }
}
