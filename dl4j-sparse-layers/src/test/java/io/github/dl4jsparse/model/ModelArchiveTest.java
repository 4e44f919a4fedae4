package io.github.dl4jsparse.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArchiveTest {
    private static final int CENTRAL = 0x02014b50;
    private static final int SIZE_IN_CENTRAL = 24;

    @TempDir
    Path directory;

    private Path write(byte[] archive) throws IOException {
        return Files.write(directory.resolve("a.zip"), archive);
    }

    private static byte[] zip(long zeros, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            byte[] block = new byte[1 << 20];
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                for (long left = zeros; left > 0; left -= block.length) {
                    zip.write(block, 0, (int) Math.min(left, block.length));
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Another size in the directory of the archive. */
    private static byte[] announcing(byte[] archive, int size) {
        ByteBuffer bytes = ByteBuffer.wrap(archive.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < archive.length - 4; at++) {
            if (bytes.getInt(at) == CENTRAL) {
                bytes.putInt(at + SIZE_IN_CENTRAL, size);
            }
        }
        return bytes.array();
    }

    private String refusal(byte[] archive) throws IOException {
        Path file = write(archive);
        return assertThrows(IOException.class, () -> new ModelArchive(file).close())
                .getMessage();
    }

    @Test
    void readsWhatIsThere() throws IOException {
        try (ModelArchive archive = new ModelArchive(write(zip(3, "configuration.json", "bytes/a.json")))) {
            assertTrue(archive.has("bytes/a.json") && !archive.has("bytes/b"));
            assertEquals(3, archive.size("configuration.json"));
            assertEquals(0, archive.size("bytes/b"));
            assertArrayEquals(new byte[3], archive.bytes("bytes/a.json"));
            assertThrows(IOException.class, () -> archive.bytes("coefficients.bin"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../configuration.json",
                "bytes/../../a",
                "bytes\\..\\a",
                "/etc/passwd",
                "other",
                "other/a",
                "bytes/",
                "objects/a/..",
                "C:\\a"
            })
    void namesOutsideOfAModelAreRefused(String name) throws IOException {
        assertEquals("it must have entries of a model only, got \"" + name + "\"", refusal(zip(1, name)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count(), "nothing is unpacked");
        }
    }

    @Test
    void twoOfANameAreRefused() throws IOException {
        byte[] archive = zip(1, "bytes/a", "bytes/b");
        for (int at = 0; at + 6 < archive.length; at++) {
            if (new String(archive, at, 7, java.nio.charset.StandardCharsets.ISO_8859_1).equals("bytes/b")) {
                archive[at + 6] = 'a';
            }
        }
        assertEquals("it must have each entry once, got \"bytes/a\" twice", refusal(archive));
    }

    @Test
    void thousandsOfEntriesAreRefused() throws IOException {
        String[] names = new String[1001];
        for (int i = 0; i < names.length; i++) {
            names[i] = "bytes/" + i;
        }
        assertEquals("it must have at most 1000 entries, got 1001", refusal(zip(0, names)));
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        assertTrue(refusal(new byte[100]).startsWith("it must be a zip archive, got one that can't be read"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99_999, 100_001})
    void entriesThatUnpackToAnotherSizeThanTheySayAreRefused(int size) throws IOException {
        Path file = write(announcing(zip(100_000, "bytes/a"), size));
        String message = assertThrows(IOException.class, () -> {
                    try (ModelArchive archive = new ModelArchive(file)) {
                        archive.bytes("bytes/a");
                    }
                })
                .getMessage();
        assertTrue(
                message.contains("got \"bytes/a\" of " + (size > 100_000 ? "fewer" : "more") + " than " + size)
                        || message.contains("invalid entry size")
                        || message.contains("Unexpected end"),
                message);
    }

    @Test
    void sizesThatNoPackingCanHoldAreRefused() throws IOException {
        String message = refusal(announcing(zip(1000, "coefficients.bin"), Integer.MAX_VALUE));
        assertTrue(message.contains("entries that can unpack to the size that they announce"), message);
    }

    @Test
    void bombsAreRefusedBeforeTheyUnpack() throws IOException {
        Path file = write(zip(ModelArchive.ALWAYS_ALLOWED + 1, "bytes/a"));
        assertTrue(Files.size(file) < 300_000);
        try (ModelArchive archive = new ModelArchive(file)) {
            String message = assertThrows(IOException.class, () -> archive.bytes("bytes/a"))
                    .getMessage();
            assertTrue(message.contains("entries of at most 256 MiB, or 100 times their packed size"), message);
        }
    }
}
