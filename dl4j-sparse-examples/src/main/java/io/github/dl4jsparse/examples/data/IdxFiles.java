package io.github.dl4jsparse.examples.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads images and labels in the IDX form of MNIST and Fashion-MNIST, compressed with gzip or not.
 * <p>DL4J's {@code MnistDataSetIterator} is not used: it unpacks the files into the folder where they lie, deletes the
 * compressed ones and downloads what it does not recognise. This reader only reads, and says what is wrong with a file.
 */
final class IdxFiles {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int LARGEST = 1 << 30;

    private IdxFiles() {}

    /**
     * A set of labelled images.
     *
     * @param pixels one byte each, unsigned, image by image and row by row
     * @param labels one byte an image
     */
    record LabelledImages(int count, int height, int width, byte[] pixels, byte[] labels) {}

    /**
     * Reads the image file {@code name-images-idx3-ubyte} and the label file {@code name-labels-idx1-ubyte}.
     *
     * @param name "train" or "t10k"
     * @throws IOException if a file is missing, or is not what its name says; the message names it
     */
    static LabelledImages read(Path directory, String name) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(
                    "the data directory " + directory + " does not exist or is no directory: give the folder "
                            + "with the four MNIST files, or leave --data out for the 8x8 digits that come with the program");
        }
        Path imageFile = find(directory, name + "-images-idx3-ubyte");
        Path labelFile = find(directory, name + "-labels-idx1-ubyte");
        int[] shape = new int[3];
        byte[] pixels = content(imageFile, IMAGES, shape);
        int[] count = new int[1];
        byte[] labels = content(labelFile, LABELS, count);
        if (count[0] != shape[0]) {
            throw new IOException(labelFile + " has " + count[0] + " labels, but " + imageFile.getFileName() + " has "
                    + shape[0] + " images");
        }
        for (byte label : labels) {
            if (label < 0 || label > 9) {
                throw new IOException(labelFile + " has the label " + (label & 0xff) + ", expected 0 to 9");
            }
        }
        return new LabelledImages(shape[0], shape[1], shape[2], pixels, labels);
    }

    private static Path find(Path directory, String name) throws IOException {
        for (String candidate : new String[] {name, name + ".gz"}) {
            Path file = directory.resolve(candidate);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new IOException(directory + " has no file " + name + " or " + name + ".gz");
    }

    /** The bytes after the header; fills {@code shape} from the header. */
    private static byte[] content(Path file, int magic, int[] shape) throws IOException {
        try (DataInputStream in = new DataInputStream(open(file))) {
            int found = in.readInt();
            if (found != magic) {
                throw new IOException(String.format(
                        "%s is no IDX file of %s: it starts with 0x%08x, expected 0x%08x",
                        file, magic == IMAGES ? "images" : "labels", found, magic));
            }
            long size = 1;
            for (int i = 0; i < shape.length; i++) {
                shape[i] = in.readInt();
                size *= shape[i];
                if (shape[i] < 1 || size > LARGEST) {
                    throw new IOException(file + " has a bad header: size " + shape[i] + " of dimension " + i);
                }
            }
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length < size) {
                throw new IOException(file + " is truncated: " + bytes.length + " of " + size + " bytes of data");
            }
            if (in.read() >= 0) {
                throw new IOException(file + " is longer than its header says: more than " + size + " bytes of data");
            }
            return bytes;
        } catch (EOFException e) {
            throw new IOException(file + " is truncated", e);
        } catch (ZipException e) {
            throw new IOException(file + " is no valid gzip file: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        if (!file.toString().endsWith(".gz")) {
            return in;
        }
        try {
            return new GZIPInputStream(in, 1 << 16);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
