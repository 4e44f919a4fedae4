package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Realistic folders: with classes, of several sizes, with text and damaged files between, empty. */
class ImageFolderTest {
    private static final int GRAY = 0x333333;
    private static final int RED = 0xff0000;

    @TempDir
    Path directory;

    private void write(String name, int width, int height, int rgb) throws IOException {
        TestImages.write(directory.resolve(name), width, height, rgb);
    }

    private String failure(ImageFolder folder) {
        return assertThrows(IOException.class, folder::read).getMessage();
    }

    private List<String> warnings() throws IOException {
        ReadingReport report = ImageFolder.of(directory).read().report();
        // what is a warning is an error if one asks for it
        assertEquals(
                directory + " must be read without a warning (strict), got "
                        + report.warnings().size()
                        + (report.warnings().size() == 1 ? " warning: " : " warnings: ")
                        + String.join("; ", report.warnings()),
                failure(ImageFolder.of(directory).strict()));
        return report.warnings();
    }

    private void classes() throws IOException {
        write("dogs/2.png", 6, 4, GRAY);
        write("dogs/1.PNG", 6, 4, 0xffffff);
        write("cats/young/3.bmp", 6, 4, GRAY);
        write("cats/young/4.gif", 6, 4, GRAY);
    }

    @Test
    void readsClassesInTheOrderOfTheirNames() throws IOException {
        classes();
        ExampleSet read = ImageFolder.of(directory).strict().read();
        assertArrayEquals(new long[] {4, 1, 4, 6}, read.features().shape());
        assertEquals(List.of("cats/young/3.bmp", "cats/young/4.gif", "dogs/1.PNG", "dogs/2.png"), read.names());
        assertEquals(List.of("young", "young", "dogs", "dogs"), read.labels());
        assertEquals(List.of("dogs", "young"), read.classes());
        assertEquals(1, read.features().getDouble(2, 0, 3, 5));
        assertEquals(0.2, read.features().getDouble(3, 0, 0, 0), 1e-6);
        assertEquals(
                "read 4 images of 2 classes, 6 x 4 gray, from " + directory,
                read.report().toString());
    }

    @Test
    void aFolderWithoutFoldersHasNoClasses() throws IOException {
        write("a b.png", 6, 4, GRAY);
        write("c.png", 6, 4, GRAY);
        ExampleSet read = ImageFolder.of(directory).read();
        assertEquals(List.of("a b.png", "c.png"), read.names());
        assertTrue(read.labels().isEmpty());
        assertEquals(
                "read 2 images, 6 x 4 gray, from " + directory, read.report().summary());
    }

    @Test
    void readsColourAndResizes() throws IOException {
        write("a.png", 6, 4, RED);
        write("b.png", 12, 8, 0x00ff00);
        ExampleSet read = ImageFolder.of(directory).colour().size(2, 5).strict().read();
        assertArrayEquals(new long[] {2, 3, 2, 5}, read.features().shape());
        for (int c = 0; c < 3; c++) {
            assertEquals(c == 0 ? 1 : 0, read.features().getDouble(0, c, 1, 4));
            assertEquals(c == 1 ? 1 : 0, read.features().getDouble(1, c, 1, 4));
        }
        assertEquals(
                "read 2 images, 5 x 2 colour, from " + directory, read.report().summary());
    }

    @Test
    void skipsWhatIsNoImageAndSaysSo() throws IOException {
        classes();
        Files.writeString(directory.resolve("dogs/x.png"), "text");
        ReadingReport report = ImageFolder.of(directory).read().report();
        assertEquals(
                "read 4 images of 2 classes, 6 x 4 gray, from " + directory
                        + "; skipped 1: dogs/x.png is no image, or of a kind that Java does not read",
                report.summary());
        assertEquals(List.of("skipped 1: dogs/x.png is no image, or of a kind that Java does not read"), warnings());
    }

    @Test
    void skipsADamagedFile() throws IOException {
        classes();
        Path file = directory.resolve("dogs/2.png");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 50));
        List<String> warnings = warnings();
        assertTrue(warnings.get(0).startsWith("skipped 1: dogs/2.png can't be read as an image: "), warnings.get(0));
        assertEquals("1 class has one example, none is left to try what was learned: dogs", warnings.get(1));
    }

    @Test
    void passesOverOtherFilesAndHiddenOnes() throws IOException {
        classes();
        write(".thumbnails/1.png", 6, 4, GRAY);
        Files.writeString(directory.resolve("dogs/._1.png"), "attributes");
        Files.writeString(directory.resolve("notes.txt"), "text");
        Files.writeString(directory.resolve("dogs/list.csv"), "text");
        assertEquals(
                List.of("passed over 2 files without an ending of an image: dogs/list.csv; notes.txt"), warnings());
    }

    @Test
    void namesSeveralSizes() throws IOException {
        write("a.png", 8, 8, GRAY);
        write("b.png", 6, 4, GRAY);
        write("c.png", 6, 4, GRAY);
        write("d.png", 4, 6, GRAY);
        assertArrayEquals(
                new long[] {4, 1, 4, 6},
                ImageFolder.of(directory).read().features().shape());
        assertEquals(
                List.of("2 images are of another size than 6 x 4 (a.png, 8 x 8; d.png, 4 x 6) and resized, centre crop;"
                        + " state a size to choose it"),
                warnings());
        assertTrue(ImageFolder.of(directory)
                .size(4, 6)
                .resizing(Resizing.FIT)
                .read()
                .report()
                .warnings()
                .isEmpty());
    }

    @Test
    void namesMixedColour() throws IOException {
        write("a.png", 6, 4, GRAY);
        write("b.png", 6, 4, RED);
        write("c.png", 6, 4, GRAY);
        assertEquals(List.of("1 image is coloured, the others gray; all are read in gray"), warnings());
        assertEquals(
                List.of(
                        "2 images are gray, the others coloured; all are read in colour, with three equal channels of gray"),
                ImageFolder.of(directory).colour().read().report().warnings());
    }

    @Test
    void namesOneImageAndAClassOfOne() throws IOException {
        write("a.png", 6, 4, GRAY);
        assertEquals(List.of(directory + " has one image, none is left to try what was learned"), warnings());
        write("c/b.png", 6, 4, GRAY);
        write("d/c/b.png", 6, 4, GRAY);
        assertEquals(
                List.of(
                        "1 image lies beside the folders of classes: their class is \"" + directory.getFileName()
                                + "\", the name of the folder itself",
                        "class \"c\" is in 2 folders: c, d/c",
                        "1 class has one example, none is left to try what was learned: " + directory.getFileName()),
                warnings());
    }

    @Test
    void refusesAFolderWithoutImages() throws IOException {
        String endings = " has no image, no file that ends in .png, .jpg, .jpeg, .gif, .tif, .tiff or .bmp; it has ";
        assertEquals(directory + endings + "no file", failure(ImageFolder.of(directory)));
        for (String name : List.of("a.txt", "b.txt", "c.txt", "d.txt")) {
            Files.writeString(directory.resolve(name), "text");
        }
        assertEquals(directory + endings + "a.txt; b.txt; c.txt; and 1 more", failure(ImageFolder.of(directory)));
        Files.writeString(directory.resolve("x.png"), "text");
        String none = directory
                + " has no image that can be read: skipped 1: x.png is no image, or of a kind that Java does not read";
        assertEquals(none, failure(ImageFolder.of(directory)));
        assertEquals(none, failure(ImageFolder.of(directory).size(4, 4)));
        Path missing = directory.resolve("missing");
        assertEquals(
                "the data directory " + missing + " does not exist or is no directory",
                failure(ImageFolder.of(missing)));
        assertFalse(Files.exists(missing));
    }

    @Test
    void refusesWhatNoMemoryHolds() throws IOException {
        write("a.png", 6, 4, GRAY);
        assertEquals(
                directory
                        + " must have at most 1073741824 pixels and channels together, got 1 images, 50000 x 40000, gray;"
                        + " state a smaller size",
                failure(ImageFolder.of(directory).size(40_000, 50_000)));
    }
}
