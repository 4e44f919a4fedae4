package io.github.dl4jsparse.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.IdxFiles.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFilesTest {
    @TempDir
    Path directory;

    private String messageOfFailure() {
        return assertThrows(IOException.class, () -> IdxFiles.read(directory, "train"))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsWhatWasWritten(boolean compressed) throws IOException {
        IdxFixture.write(directory, 23, 7, compressed);
        LabelledImages images = IdxFiles.read(directory, "train");
        assertEquals(23, images.count());
        assertEquals(IdxFixture.HEIGHT, images.height());
        assertEquals(IdxFixture.WIDTH, images.width());
        byte[] file = IdxFixture.images(23);
        assertArrayEquals(Arrays.copyOfRange(file, 16, file.length), images.pixels());
        assertEquals(2, images.labels()[22]);
        assertEquals(7, IdxFiles.read(directory, "t10k").count());
    }

    @Test
    void namesAMissingDirectoryAndFile() throws IOException {
        Path missing = directory.resolve("missing");
        assertEquals(
                "the data directory " + missing + " does not exist or is no directory: give the folder with the four "
                        + "MNIST files, or leave --data out for the 8x8 digits that come with the program",
                assertThrows(IOException.class, () -> IdxFiles.read(missing, "train"))
                        .getMessage());
        IdxFixture.write(directory, 10, 10, true);
        Files.delete(directory.resolve(IdxFixture.TRAIN_LABELS + ".gz"));
        assertEquals(
                directory + " has no file train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz", messageOfFailure());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 14, 40})
    void refusesATruncatedFile(int length) throws IOException {
        IdxFixture.write(directory, 10, 10, false);
        Path file = directory.resolve(IdxFixture.TRAIN_IMAGES);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
        assertTrue(messageOfFailure().startsWith(file + " is truncated"), messageOfFailure());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 60})
    void refusesATruncatedCompressedFile(int length) throws IOException {
        IdxFixture.write(directory, 100, 10, true);
        Path file = directory.resolve(IdxFixture.TRAIN_IMAGES + ".gz");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
        assertTrue(messageOfFailure().startsWith(file + " is truncated"), messageOfFailure());
    }

    @Test
    void refusesWhatIsNoGzip() throws IOException {
        IdxFixture.write(directory, 10, 10, true);
        Path file = directory.resolve(IdxFixture.TRAIN_IMAGES + ".gz");
        Files.write(file, IdxFixture.images(10));
        assertTrue(messageOfFailure().startsWith(file + " is no valid gzip file"), messageOfFailure());
    }

    @Test
    void refusesAnotherKindOfFile() throws IOException {
        IdxFixture.write(directory, 10, 10, false);
        Path file = directory.resolve(IdxFixture.TRAIN_IMAGES);
        Files.write(file, IdxFixture.labels(10));
        assertEquals(
                file + " is no IDX file of images: it starts with 0x00000801, expected 0x00000803", messageOfFailure());
    }

    @Test
    void refusesBadHeadersLengthsAndLabels() throws IOException {
        IdxFixture.write(directory, 10, 10, false);
        Path images = directory.resolve(IdxFixture.TRAIN_IMAGES);
        Path labels = directory.resolve(IdxFixture.TRAIN_LABELS);
        Files.write(images, IdxFixture.idx(new byte[9], 0x0803, -10, 3, 3));
        assertEquals(images + " has a bad header: size -10 of dimension 0", messageOfFailure());
        Files.write(images, IdxFixture.idx(new byte[100], 0x0803, 10, 3, 3));
        assertEquals(images + " is longer than its header says: more than 90 bytes of data", messageOfFailure());
        Files.write(images, IdxFixture.images(12));
        assertEquals(labels + " has 10 labels, but train-images-idx3-ubyte has 12 images", messageOfFailure());
        Files.write(images, IdxFixture.images(2));
        Files.write(labels, IdxFixture.idx(new byte[] {3, 10}, 0x0801, 2));
        assertEquals(labels + " has the label 10, expected 0 to 9", messageOfFailure());
    }
}
