package io.github.dl4jsparse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seal as bytes; its purpose is tested with {@link ModelFile}. */
class SealTest {
    private static final byte[] CONTENT =
            "an archive that ends with the length of no comment\0\0".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    /** @param longest part that is written at once; 0 for single bytes */
    private static byte[] sealed(byte[] content, int longest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Seal.Stream sealed = new Seal.Stream(out);
        Random random = new Random(3);
        int at = 0;
        while (at < content.length) {
            if (longest == 0) {
                sealed.write(content[at++]);
            } else {
                int length = Math.min(random.nextInt(longest + 1), content.length - at);
                sealed.write(content, at, length);
                at += length;
            }
        }
        sealed.finish();
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 1000})
    void isTheSameHoweverTheContentIsWritten(int longest) throws IOException {
        byte[] sealed = sealed(CONTENT, longest);
        assertArrayEquals(sealed(CONTENT, 0), sealed);
        String text = new String(sealed, StandardCharsets.US_ASCII);
        String head = "dl4j-sparse-layers model format 0001 sha256 ";
        assertEquals(CONTENT.length + head.length() + 64, sealed.length);
        assertEquals(head.length() + 64, sealed[CONTENT.length - 2] & 0xff, "the length of the comment");
        assertEquals(head, text.substring(CONTENT.length, CONTENT.length + head.length()));
        Seal.verify(Files.write(directory.resolve("a"), sealed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a", "ends with a comment\0\1", "ends with a comment\1\0"})
    void otherEndsAreRefused(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        assertThrows(IOException.class, () -> sealed(bytes, 0));
        assertThrows(IOException.class, () -> sealed(bytes, 1000));
    }

    @Test
    void aCutSealIsNone() throws IOException {
        byte[] sealed = sealed(CONTENT, 9);
        Path file = Files.write(directory.resolve("a"), java.util.Arrays.copyOf(sealed, sealed.length - 1));
        assertThrows(IOException.class, () -> Seal.verify(file));
    }
}
