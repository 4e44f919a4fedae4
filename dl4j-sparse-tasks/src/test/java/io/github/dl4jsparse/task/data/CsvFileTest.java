package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** Realistic CSV files: with and without header, packed, with text, gaps and rows of other lengths. */
class CsvFileTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("x.csv");
    }

    private CsvFile file(String... lines) throws IOException {
        Files.writeString(path, String.join("\n", lines));
        return CsvFile.of(path);
    }

    private String failure(CsvFile file) {
        return assertThrows(Exception.class, file::read).getMessage();
    }

    private List<String> warnings(CsvFile file) throws IOException {
        ReadingReport report = file.read().report();
        assertTrue(failure(file.strict())
                .startsWith(path + " must be read without a warning (strict), got "
                        + report.warnings().size()));
        return report.warnings();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void readsColumnsAndLabels(String delimiter) throws IOException {
        String text = "\"a, b\",length,class\r\n1,2.5,x\r\n-3e1, .25 ,\"y\"\r\n5,6.,x\r\n7,8,y\n";
        Files.writeString(path, text.replace("\"a, b\"", "a b").replace(",", delimiter));
        ExampleSet read = CsvFile.of(path).label("class").strict().read();
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 2.5f}, {-30, .25f}, {5, 6}, {7, 8}}), read.features());
        assertEquals(List.of("x", "y", "x", "y"), read.labels());
        assertEquals(List.of("a b", "length"), read.columns());
        assertEquals(List.of("x.csv line 2", "x.csv line 3", "x.csv line 4", "x.csv line 5"), read.names());
        assertEquals(
                "read 4 rows of 2 columns, 2 classes, from " + path,
                read.report().toString());
    }

    @Test
    void readsPackedFilesAndByteOrderMarks() throws IOException {
        path = directory.resolve("packed.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("\ufeffhöhe\n1\n2\n\n".getBytes(StandardCharsets.UTF_8));
        }
        ExampleSet read = CsvFile.of(path).columns("höhe").strict().read();
        assertEquals(Nd4j.createFromArray(new float[][] {{1}, {2}}), read.features());
    }

    @Test
    void takesColumnsByNameAndByNumberInTheOrderAsked() throws IOException {
        CsvFile named = file("a,b,c", "1,2,3", "4,5,6");
        assertEquals(
                Nd4j.createFromArray(new float[][] {{3, 1}, {6, 4}}),
                named.columns("c", "1").read().features());
        CsvFile unnamed = file("1,2,3", "4,5,6");
        assertEquals(
                Nd4j.createFromArray(new float[][] {{2, 3}, {5, 6}}),
                unnamed.columns("2", "3").read().features());
        assertEquals(List.of("1", "2", "3"), unnamed.read().columns());
        assertEquals(List.of("1", "4"), unnamed.label("1").read().labels());
        assertEquals(1, unnamed.header(true).read().size());
        assertEquals(
                "column of " + path + " must be one of \"a\", \"b\", \"c\", or a number from 1 to 3, got \"d\"",
                failure(file("a,b,c", "1,2,3").columns("d")));
        assertEquals(
                "column of " + path + " must be a number from 1 to 3, as it has no header, got \"4\"",
                failure(file("1,2,3").label("4")));
    }

    @Test
    void missingNumbersAreSkippedOrReplacedAndCounted() throws IOException {
        CsvFile gaps = file("a,b", "1,2", ",4", "3,NA", "5,6", "?,null");
        assertEquals(
                List.of(
                        "3 rows have missing numbers, skipped: line 3, column \"a\"; line 4, column \"b\"; line 6, column"
                                + " \"a\""),
                warnings(gaps));
        ExampleSet read = gaps.read();
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 2}, {5, 6}}), read.features());
        assertEquals(
                "read 2 rows of 2 columns, from " + path + "; skipped 3: line 3, column \"a\" (missing) and 2 more",
                read.report().summary());
        ExampleSet filled = gaps.missing(MissingValues.COLUMN_MEAN).read();
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {3, 4}, {5, 6}, {3, 4}}), filled.features());
        assertTrue(filled.report().warnings().get(0).contains("the mean of the column stands in for them"));
    }

    @Test
    void textAndRowsOfOtherLengthsAreSkippedAndCounted() throws IOException {
        CsvFile faults = file("a,b,c", "1,2,x", "1d,4,x", "5,6", "7,8,x,9", "9,1e39,x", "3,4,", "1,1,x");
        assertEquals(
                List.of(
                        "2 rows hold text where numbers belong, skipped: line 3, column \"a\": \"1d\"; line 6, column"
                                + " \"b\": \"1e39\"",
                        "1 row has no label, skipped: line 7",
                        "2 rows have another number of cells than 3, skipped: line 4 has 2; line 5 has 4"),
                warnings(faults.label("c")));
        assertEquals(
                Nd4j.createFromArray(new float[][] {{1, 2}, {1, 1}}),
                faults.label("c").read().features());
    }

    @Test
    void aDecimalCommaIsNamed() throws IOException {
        CsvFile commas = file("a;b", "\"1,5\";2", "\"2,5\";3");
        List<String> warnings = commas.read().report().warnings();
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.get(0).endsWith("\"1,5\"; numbers must have a decimal point, not a comma"), warnings.get(0));
    }

    @Test
    void columnsOfTextAreLeftOutUnlessAskedFor() throws IOException {
        CsvFile mixed = file("name,a,empty", "x,1,", "y,2,");
        assertEquals(
                List.of("2 columns hold no numbers and are left out: line 2, column \"name\": \"x\"; column \"empty\":"
                        + " nothing"),
                warnings(mixed));
        assertEquals(List.of("a"), mixed.read().columns());
        assertEquals(
                path
                        + " must hold numbers in the columns that are named, got line 2, column \"name\": \"x\"; name columns"
                        + " of numbers",
                failure(mixed.columns("a", "name")));
        assertEquals(
                path + " must hold numbers, got line 1, column \"1\": \"some\"; name columns of numbers",
                failure(file("some", "text").header(false)));
    }

    @Test
    void namesOneRowAndAClassOfOne() throws IOException {
        assertEquals(
                List.of(path + " has one row, none is left to try what was learned"), warnings(file("a,b", "1,2")));
        assertEquals(
                List.of("1 class has one example, none is left to try what was learned: y"),
                warnings(file("a,b", "1,x", "2,x", "3,y").label("b")));
    }

    @Test
    void refusesWhatHasNoRow() throws IOException {
        assertEquals(path + " has no line", failure(file("")));
        assertEquals(path + " has no row of numbers below its header", failure(file("a,b")));
        assertEquals(
                path + " has no row without a fault: skipped 2: line 2, column \"b\" (missing) and 1 more",
                failure(file("a,b", "1,", ",2")));
        assertEquals(
                "the file " + directory.resolve("y") + " does not exist", failure(CsvFile.of(directory.resolve("y"))));
        assertEquals(directory + " must be a CSV file, got a folder", failure(CsvFile.of(directory)));
        assertTrue(failure(file("1,2", "3,\"4")).startsWith(path + " can't be read as CSV, line 2: "));
        Files.write(path, new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
        assertTrue(failure(CsvFile.of(path)).startsWith(path + " can't be read"), failure(CsvFile.of(path)));
    }
}
