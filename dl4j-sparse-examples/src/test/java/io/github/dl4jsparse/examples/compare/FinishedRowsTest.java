package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedRowsTest {
    @TempDir
    Path directory;

    @Test
    void givesBackWhatWasWrittenForTheSameRunOnly() throws IOException {
        Contender<?> row = new LogisticRegression();
        List<Trial> trials =
                row.grid().draw(3, 1).stream().map(s -> new Trial(s, 80.125)).toList();
        Outcome outcome = new Outcome(row.name(), row.kind(), 100, trials, List.of(81.5, 82.25), 7.5);
        FinishedRows rows = new FinishedRows(RunDirectory.open(directory), "seeds [1, 2]");
        assertTrue(rows.read(row, 100).isEmpty());
        rows.write(row, outcome);
        assertEquals(outcome, rows.read(row, 100).orElseThrow());
        assertTrue(rows.read(row, 300).isEmpty());
        assertTrue(rows.read(new DenseNetwork(), 100).isEmpty());
        assertTrue(new FinishedRows(RunDirectory.open(directory), "seeds [1, 3]")
                .read(row, 100)
                .isEmpty());
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        Contender<?> row = new DenseNetwork();
        FinishedRows rows = new FinishedRows(RunDirectory.open(directory), "run");
        Files.writeString(rows.file(row.name(), 100), "{\"run\": ");
        IOException e = assertThrows(IOException.class, () -> rows.read(row, 100));
        assertTrue(e.getMessage().startsWith(rows.file(row.name(), 100) + " can't be read"), e.getMessage());
        assertTrue(e.getMessage().contains("delete it"), e.getMessage());
    }
}
