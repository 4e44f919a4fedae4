package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.examples.data.IdxFiles.LabelledImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.InputStreamInputSplit;
import org.deeplearning4j.datasets.datavec.RecordReaderDataSetIterator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of the ten digits, each scaled to Euclidean norm 1, in three parts.
 *
 * @param name       what a reader knows the data by
 * @param height     of an image in pixels
 * @param width      of an image in pixels
 * @param train      to train on: features {@code [n, height * width]}, labels one-hot {@code [n, 10]}
 * @param validation chooses the network that is kept
 * @param test       is only looked at to report the error
 */
public record Digits(String name, int height, int width, DataSet train, DataSet validation, DataSet test) {
    /** Number of classes. */
    public static final int CLASSES = 10;

    private static final String EMBEDDED = "/io/github/dl4jsparse/examples/digits/digits.csv.gz";
    private static final int EMBEDDED_COUNT = 1797;
    private static final int EMBEDDED_SIDE = 8;
    private static final int EMBEDDED_WHITE = 16;
    private static final int WHITE = 255;
    private static final int EMBEDDED_TEST = 500;
    private static final int EMBEDDED_VALIDATION = 147;

    /** The first images of each part, at most so many. */
    public Digits atMost(int images) {
        return new Digits(name, height, width, first(train, images), first(validation, images), first(test, images));
    }

    private static DataSet first(DataSet part, int images) {
        return part.numExamples() <= images ? part : part(part, 0, images);
    }

    /** The 1,797 digits of 8 x 8 pixels that come with this program; the seed splits them. */
    public static Digits embedded(long seed) throws IOException {
        return embedded(seed, Digits::scale);
    }

    /** The same with pixels from 0 to 1 as they are. */
    public static Digits embeddedPixels(long seed) throws IOException {
        return embedded(seed, pixels -> pixels.divi(EMBEDDED_WHITE));
    }

    private static Digits embedded(long seed, Consumer<INDArray> scaling) throws IOException {
        DataSet all = readEmbedded();
        all.shuffle(seed);
        scaling.accept(all.getFeatures());
        int validation = EMBEDDED_COUNT - EMBEDDED_TEST - EMBEDDED_VALIDATION;
        return new Digits(
                "embedded digits, split " + seed,
                EMBEDDED_SIDE,
                EMBEDDED_SIDE,
                part(all, 0, validation),
                part(all, validation, EMBEDDED_COUNT - EMBEDDED_TEST),
                part(all, EMBEDDED_COUNT - EMBEDDED_TEST, EMBEDDED_COUNT));
    }

    private static DataSet readEmbedded() throws IOException {
        InputStream resource = Digits.class.getResourceAsStream(EMBEDDED);
        if (resource == null) {
            throw new IOException("the program lacks its resource " + EMBEDDED);
        }
        try (InputStream text = new GZIPInputStream(resource);
                RecordReader lines = new CSVRecordReader()) {
            lines.initialize(new InputStreamInputSplit(text));
            int label = EMBEDDED_SIDE * EMBEDDED_SIDE;
            return new RecordReaderDataSetIterator(lines, EMBEDDED_COUNT, label, CLASSES).next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading the digits", e);
        }
    }

    /**
     * MNIST, or another set of ten classes in its form, from the four files of their usual names; the seed chooses one
     * sixth of the training images for validation.
     *
     * @param directory is only read
     */
    static Digits idx(Path directory, long seed) throws IOException {
        return idx(directory, seed, Digits::scale);
    }

    /** The same with pixels from 0 to 1 as they are. */
    public static Digits idxPixels(Path directory, long seed) throws IOException {
        return idx(directory, seed, pixels -> pixels.divi(WHITE));
    }

    private static Digits idx(Path directory, long seed, Consumer<INDArray> scaling) throws IOException {
        LabelledImages forTraining = IdxFiles.read(directory, "train");
        LabelledImages forTest = IdxFiles.read(directory, "t10k");
        if (forTraining.height() != forTest.height() || forTraining.width() != forTest.width()) {
            throw new IOException(directory + " has training images of " + forTraining.height() + " x "
                    + forTraining.width() + " pixels and test images of " + forTest.height() + " x " + forTest.width());
        }
        DataSet all = dataSet(forTraining, scaling);
        all.shuffle(seed);
        int train = forTraining.count() - forTraining.count() / 6;
        return new Digits(
                directory.toString(),
                forTest.height(),
                forTest.width(),
                part(all, 0, train),
                part(all, train, forTraining.count()),
                dataSet(forTest, scaling));
    }

    private static DataSet dataSet(LabelledImages images, Consumer<INDArray> scaling) {
        float[] values = new float[images.pixels().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = images.pixels()[i] & 0xff;
        }
        float[] classes = new float[images.count() * CLASSES];
        for (int i = 0; i < images.count(); i++) {
            classes[i * CLASSES + images.labels()[i]] = 1;
        }
        long size = (long) images.height() * images.width();
        INDArray features = Nd4j.create(values, new long[] {images.count(), size}, 'c');
        scaling.accept(features);
        return new DataSet(features, Nd4j.create(classes, new long[] {images.count(), CLASSES}, 'c'));
    }

    /** Scales every row to norm 1, in place; an empty image stays zero. */
    private static void scale(INDArray images) {
        INDArray norms = images.norm2(1);
        norms.addi(norms.eq(0).castTo(DataType.FLOAT));
        images.diviColumnVector(norms);
    }

    private static DataSet part(DataSet all, int from, int to) {
        org.nd4j.linalg.dataset.api.DataSet range = all.getRange(from, to);
        return new DataSet(range.getFeatures().dup('c'), range.getLabels().dup('c'));
    }

    /** Indices in the test set of the first image of each class, without those that it has no image of. */
    public int[] firstOfEachClass() {
        int[] first = new int[CLASSES];
        Arrays.fill(first, -1);
        int[] labels = test.getLabels().argMax(1).toIntVector();
        for (int i = labels.length - 1; i >= 0; i--) {
            first[labels[i]] = i;
        }
        return Arrays.stream(first).filter(i -> i >= 0).toArray();
    }
}
