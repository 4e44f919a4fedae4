package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.examples.run.Settings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Settings of the commands on images of digits. */
public abstract class DigitSettings extends Settings {
    private static final Path EMBEDDED = Path.of("digits");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four MNIST or Fashion-MNIST files, gz or not; it is only read. "
                    + "digits, the default: the 8x8 digits that come with the program.")
    private Path data;

    /** Whether the digits are those that come with the program. */
    public final boolean embedded() {
        return data == null || data.equals(EMBEDDED);
    }

    /**
     * Loads the data.
     *
     * @param split   seed by which the embedded digits are split into training, validation and test images
     * @param runSeed by which the training images of files are split into those to train on and those for validation
     */
    protected final Digits digits(long split, long runSeed) throws IOException {
        return embedded() ? Digits.embedded(split) : Digits.idx(data, runSeed);
    }

    /**
     * The same with pixels from 0 to 1 as they are.
     *
     * @param seed of both splits
     */
    protected final Digits pixels(long seed) throws IOException {
        return embedded() ? Digits.embeddedPixels(seed) : Digits.idxPixels(data, seed);
    }
}
