package io.github.dl4jsparse.task.data;

import java.util.ArrayList;
import java.util.List;

/** The usable rows of a table, and the faults of the others. */
final class CsvRows {
    private final CsvTable table;
    private final List<Integer> columns;
    private final int labelColumn;
    private final MissingValues missing;
    private final List<Integer> kept = new ArrayList<>();
    private final List<String> withText = new ArrayList<>();
    private final List<String> withMissing = new ArrayList<>();
    private final List<String> withoutLabel = new ArrayList<>();

    /** @param labelColumn -1 for none */
    CsvRows(CsvTable table, List<Integer> columns, int labelColumn, MissingValues missing) {
        this.table = table;
        this.columns = columns;
        this.labelColumn = labelColumn;
        this.missing = missing;
        for (int row = 0; row < table.rows(); row++) {
            if (table.row(row) != null && isUsable(row)) {
                kept.add(row);
            }
        }
    }

    private boolean isUsable(int row) {
        double[] cells = table.row(row);
        for (int column : columns) {
            if (cells[column] == CsvCells.TEXT) {
                withText.add(table.cell(row, column));
                return false;
            }
        }
        if (labelColumn >= 0 && CsvCells.isMissing(table.text(row, labelColumn))) {
            withoutLabel.add("line " + table.line(row));
            return false;
        }
        for (int column : columns) {
            if (Double.isNaN(cells[column])) {
                withMissing.add("line " + table.line(row) + ", column \"" + table.name(column) + "\"");
                return missing == MissingValues.COLUMN_MEAN;
            }
        }
        return true;
    }

    /** Positions in the table. */
    List<Integer> kept() {
        return kept;
    }

    List<String> labels() {
        return labelColumn < 0
                ? List.of()
                : kept.stream().map(row -> table.text(row, labelColumn)).toList();
    }

    /** The numbers, missing ones replaced by the means of their columns. */
    float[][] values() {
        float[][] values = new float[kept.size()][columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            int column = columns.get(j);
            double mean = kept.stream()
                    .mapToDouble(row -> table.row(row)[column])
                    .filter(value -> !Double.isNaN(value))
                    .average()
                    .orElse(0);
            for (int i = 0; i < values.length; i++) {
                double value = table.row(kept.get(i))[column];
                values[i][j] = (float) (Double.isNaN(value) ? mean : value);
            }
        }
        return values;
    }

    /** "skipped 3 rows, of 60"; empty if none is. */
    String faults() {
        int skipped = table.rows() - kept.size();
        if (skipped == 0) {
            return "";
        }
        List<String> first = new ArrayList<>();
        firstOf(withText, " (text)", first);
        if (missing == MissingValues.SKIP_ROW) {
            firstOf(withMissing, " (missing)", first);
        }
        firstOf(withoutLabel, " (no label)", first);
        firstOf(table.otherWidths(), " cells instead of " + table.width(), first);
        return "skipped " + skipped + ": " + String.join("; ", first);
    }

    private static void firstOf(List<String> places, String what, List<String> to) {
        if (!places.isEmpty()) {
            to.add(places.get(0) + what + (places.size() == 1 ? "" : " and " + (places.size() - 1) + " more"));
        }
    }

    /** A line for each kind of fault. */
    void addFindings(Findings findings) {
        String skipped = " skipped: ";
        if (!withText.isEmpty()) {
            findings.add(Findings.count(withText.size(), "row holds", "rows hold") + " text where numbers belong,"
                    + skipped + Findings.some(withText));
        }
        if (!withMissing.isEmpty()) {
            findings.add(Findings.count(withMissing.size(), "row has", "rows have") + " missing numbers,"
                    + (missing == MissingValues.SKIP_ROW ? skipped : " the mean of the column stands in for them: ")
                    + Findings.some(withMissing));
        }
        if (!withoutLabel.isEmpty()) {
            findings.add(Findings.count(withoutLabel.size(), "row has", "rows have") + " no label," + skipped
                    + Findings.some(withoutLabel));
        }
        if (!table.otherWidths().isEmpty()) {
            findings.add(Findings.count(table.otherWidths().size(), "row has", "rows have")
                    + " another number of cells than " + table.width() + "," + skipped
                    + Findings.some(table.otherWidths()));
        }
    }
}
