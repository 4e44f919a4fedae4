package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.internal.io.AtomicFile;
import io.github.dl4jsparse.model.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The directory that a command leaves its results in, or a symbolic link to it. Every file appears whole or not at all.
 *
 * @param path exists and can be written
 */
public record RunDirectory(Path path) {
    /**
     * Creates the directory where it is missing, and tries to write to it: better now than after the training.
     *
     * @throws IOException if that fails; the message names the directory and says why
     */
    public static RunDirectory open(Path path) throws IOException {
        try {
            // of a symbolic link to a directory, Java 17's createDirectories says that it is a file
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the output directory " + path + " can't be made: " + e.getFile() + " is a file", e);
        } catch (IOException e) {
            throw new IOException("the output directory " + path + " can't be made: " + e.getMessage(), e);
        }
        try {
            // of a name that is free: a file of the user's must not go
            Files.delete(Files.createTempFile(path, ".writable", null));
        } catch (IOException e) {
            throw new IOException("the output directory " + path + " can't be written to: " + e.getMessage(), e);
        }
        return new RunDirectory(path);
    }

    /** A directory in this one. */
    public RunDirectory child(String name) throws IOException {
        return open(path.resolve(name));
    }

    /** Saves a network with its updater and a seal, as {@code ModelFile} and DL4J's {@code ModelSerializer} read it. */
    public void write(String name, MultiLayerNetwork net) throws IOException {
        ModelFile.save(path.resolve(name), net);
    }

    /** Saves a picture as PNG. */
    public void write(String name, BufferedImage picture) throws IOException {
        PngFile.write(path.resolve(name), picture);
    }

    /** Saves the results. */
    public void write(String name, ResultJson result) throws IOException {
        AtomicFile.write(path.resolve(name), result::writeTo);
    }
}
