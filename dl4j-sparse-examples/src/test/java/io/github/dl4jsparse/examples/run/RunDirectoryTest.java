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

    @Test
    void whatIsNotEmptyIsRefusedAndForceRemovesWhatTheLastRunLeft() throws IOException {
        Path out = directory.resolve("out");
        RunDirectory first = RunDirectory.openEmpty(out, false);
        first.write("a.txt", stream -> stream.write(1));
        first.child("seed-1").write("b.txt", stream -> stream.write(1));
        Path own = Files.writeString(out.resolve("notes.txt"), "the user's");
        IOException refused = assertThrows(IOException.class, () -> RunDirectory.openEmpty(out, false));
        assertEquals(
                "the output directory " + out
                        + " is not empty: name another with --out, or replace the 2 files of its last run with --force",
                refused.getMessage());
        RunDirectory.openEmpty(out, true).write("c.txt", stream -> stream.write(1));
        try (Stream<Path> files = Files.walk(out)) {
            assertEquals(
                    List.of(out, out.resolve("c.txt"), out.resolve("manifest.json"), own),
                    files.sorted().toList());
        }
        assertEquals("the user's", Files.readString(own));
        assertEquals(List.of("c.txt"), Manifest.read(out));
    }

    @Test
    void aNameIsInTheManifestBeforeTheFileExists() throws IOException {
        RunDirectory run = RunDirectory.openEmpty(directory, false);
        assertThrows(
                IOException.class,
                () -> run.write("a.txt", stream -> {
                    throw new IOException("full");
                }));
        assertEquals(List.of("a.txt"), Manifest.read(directory));
        RunDirectory.openEmpty(directory, true);
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void manifestsOfOthersAreRefused() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside.txt"), "stays");
        Path out = Files.createDirectory(directory.resolve("out"));
        Files.writeString(out.resolve("manifest.json"), "{\"files\": [\"../outside.txt\"]}");
        IOException thrown = assertThrows(IOException.class, () -> RunDirectory.openEmpty(out, true));
        assertEquals(
                out.resolve("manifest.json") + " names a file outside of its directory: ../outside.txt",
                thrown.getMessage());
        assertTrue(Files.exists(outside));
        Files.writeString(out.resolve("manifest.json"), "<manifest/>");
        thrown = assertThrows(IOException.class, () -> RunDirectory.openEmpty(out, true));
        assertTrue(
                thrown.getMessage().startsWith(out.resolve("manifest.json") + " is no manifest"), thrown.getMessage());
    }
}
