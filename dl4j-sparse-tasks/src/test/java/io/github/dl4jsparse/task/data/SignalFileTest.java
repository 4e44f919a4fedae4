package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalFileTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = directory.resolve("s.csv");
        Files.writeString(path, "t,left,right\n0,1,10\n1,2,11\n2,?,12\n3,,13\n4,8,x\n5,9\n\n");
    }

    private String failure(SignalFile file) {
        return assertThrows(Exception.class, file::read).getMessage();
    }

    @Test
    void replacesWhatIsMissingByStraightLines() throws IOException {
        Signal read = SignalFile.of(path, 2).columns("left", "3").read();
        assertArrayEquals(new long[] {1, 2, 6}, read.values().shape());
        assertArrayEquals(new float[] {1, 2, 4, 6, 8, 8}, read.channel(0));
        assertArrayEquals(new float[] {10, 11, 12, 13, 13, 13}, read.channel(1));
        assertEquals(
                "read channels left, right, 6 samples at 2 Hz, seconds 0 to 3, from " + path + "; replaced 5",
                read.report().summary());
        assertEquals(
                List.of("5 numbers are missing and replaced by the straight line between the neighbours: line 4, column"
                        + " \"left\"; line 5, column \"left\"; line 7, column \"left\"; and 2 more"),
                read.report().warnings());
        assertEquals(
                path + " must be read without a warning (strict), got 1 warning: "
                        + read.report().warnings().get(0),
                failure(SignalFile.of(path, 2).columns("left", "3").strict()));
    }

    @Test
    void readsTheSecondsThatAreAskedFor() throws IOException {
        Signal read = SignalFile.of(path, 2).columns("t").seconds(1, 2).strict().read();
        assertArrayEquals(new float[] {2, 3}, read.channel(0));
        assertEquals(1.5, read.seconds(1));
        assertEquals(
                List.of(
                        path + " ends at second 3, before second 9",
                        "1 number is missing and replaced by the straight line between the neighbours: line 7, column"
                                + " \"t\""),
                SignalFile.of(path, 2)
                        .columns("t")
                        .seconds(2, 9)
                        .read()
                        .report()
                        .warnings());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals(
                "seconds of " + path + " must be from 0 to 3 (6 samples at 2 Hz), got 4 to 5",
                failure(SignalFile.of(path, 2).seconds(4, 5)));
        assertEquals(
                path + " must hold numbers in column \"left\", got none from second 1 to 1.500",
                failure(SignalFile.of(path, 2).columns("left").seconds(1, 1.5)));
        assertEquals(
                "end in seconds must be above the start, 5, got 4.0",
                assertThrows(IllegalArgumentException.class, () -> SignalFile.of(path, 2)
                                .seconds(5, 4))
                        .getMessage());
        assertEquals(
                "rate must be finite and > 0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> SignalFile.of(path, 0))
                        .getMessage());
    }
}
