package io.github.dl4jsparse.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes small files in the form of MNIST: 6 x 5 pixels, the class shown by a bright row or column. */
public final class IdxFixture {
    public static final int HEIGHT = 6;
    public static final int WIDTH = 5;
    public static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    public static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    public static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    public static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private IdxFixture() {}

    public static void write(Path directory, int train, int test, boolean compressed) throws IOException {
        String end = compressed ? ".gz" : "";
        put(directory.resolve(TRAIN_IMAGES + end), images(train));
        put(directory.resolve(TRAIN_LABELS + end), labels(train));
        put(directory.resolve(TEST_IMAGES + end), images(test));
        put(directory.resolve(TEST_LABELS + end), labels(test));
    }

    /** Writes bytes, compressed if the name ends in gz. */
    public static void put(Path file, byte[] bytes) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            Files.write(file, bytes);
            return;
        }
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
    }

    static byte[] images(int count) {
        byte[] pixels = new byte[count * HEIGHT * WIDTH];
        new Random(count).nextBytes(pixels);
        for (int k = 0; k < pixels.length; k++) {
            int image = k / (HEIGHT * WIDTH);
            int y = k / WIDTH % HEIGHT;
            int x = k % WIDTH;
            boolean bright = image % 10 < WIDTH ? x == image % 10 : y == image % 10 - WIDTH;
            pixels[k] = (byte) (bright ? 255 : pixels[k] & 31);
        }
        return idx(pixels, 0x0803, count, HEIGHT, WIDTH);
    }

    static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return idx(labels, 0x0801, count);
    }

    static byte[] idx(byte[] data, int... header) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (int word : header) {
                out.writeInt(word);
            }
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
