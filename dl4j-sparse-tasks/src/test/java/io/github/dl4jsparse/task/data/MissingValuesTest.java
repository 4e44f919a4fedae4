package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

class MissingValuesTest {
    @ParameterizedTest
    @CsvSource({"SKIP_ROW, 2", "COLUMN_MEAN, 4"})
    void everyWordForNothingIsMissing(MissingValues way, int rows, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("x.csv"), "1,2\nn/a,2\nNaN,2\n3,2\n");
        ExampleSet read = CsvFile.of(file).missing(way).read();
        assertEquals(rows, read.size());
        assertEquals(
                Nd4j.createFromArray(2f, 2f),
                read.features().mean(0),
                "means of the columns are what they were before");
    }
}
