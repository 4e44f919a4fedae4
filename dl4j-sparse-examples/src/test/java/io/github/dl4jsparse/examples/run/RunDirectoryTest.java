package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void trialOfWritingLeavesTheUsersFilesAlone() throws IOException {
        Path own = Files.writeString(directory.resolve(".writable"), "the user's");
        RunDirectory.open(directory);
        assertEquals("the user's", Files.readString(own));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(own), files.toList());
        }
    }

    @Test
    void mayBeASymbolicLink() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        RunDirectory.open(link).child("a");
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.isDirectory(real.resolve("a")));
    }

    @Test
    void namesTheFileInItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        IOException thrown = assertThrows(IOException.class, () -> RunDirectory.open(file));
        assertEquals("the output directory " + file + " can't be made: " + file + " is a file", thrown.getMessage());
    }
}
