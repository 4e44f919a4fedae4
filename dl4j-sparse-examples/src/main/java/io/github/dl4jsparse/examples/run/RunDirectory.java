package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.internal.io.AtomicFile;
import io.github.dl4jsparse.model.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The directory that a command leaves its results in, or a symbolic link to it. Every file appears whole or not at all, and is
 * named in {@code manifest.json} before it appears.
 */
public final class RunDirectory {
    private final Path path;
    private final String prefix;
    private final Manifest manifest;

    private RunDirectory(Path path, String prefix, Manifest manifest) {
        this.path = path;
        this.prefix = prefix;
        this.manifest = manifest;
    }

    /**
     * Creates the directory where it is missing, and tries to write to it: better now than after the training. The files of an
     * earlier run stay, and stay in the manifest.
     *
     * @throws IOException if that fails; the message names the directory and says why
     */
    public static RunDirectory open(Path path) throws IOException {
        make(path);
        Manifest manifest = new Manifest(path);
        manifest.keep(Manifest.read(path));
        return new RunDirectory(path, "", manifest);
    }

    /**
     * The same for a directory that is to be empty.
     *
     * @param force whether the files that the last run's manifest names are removed; others stay, and are no reason to refuse
     * @throws IOException if there are files in it and they are not to be removed
     */
    public static RunDirectory openEmpty(Path path, boolean force) throws IOException {
        make(path);
        if (force) {
            Manifest.removeFiles(path);
        } else if (!isEmpty(path)) {
            int last = Manifest.read(path).size();
            throw new IOException("the output directory " + path + " is not empty: name another with --out, or "
                    + (last == 0
                            ? "write beside what is in it with --force"
                            : "replace the " + last + " files of its last run with --force"));
        }
        return new RunDirectory(path, "", new Manifest(path));
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.findFirst().isEmpty();
        }
    }

    private static void make(Path path) throws IOException {
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
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The files in this directory so far, by their names in it. */
    List<String> ownFiles() {
        return manifest.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    /** A directory in this one. */
    public RunDirectory child(String name) throws IOException {
        make(path.resolve(name));
        return new RunDirectory(path.resolve(name), prefix + name + "/", manifest);
    }

    /** The path of a file that the caller writes, which the manifest names from now on. */
    public Path file(String name) throws IOException {
        manifest.add(prefix + name);
        return path.resolve(name);
    }

    /** Saves a network with its updater and a seal, as {@code ModelFile} and DL4J's {@code ModelSerializer} read it. */
    public void write(String name, MultiLayerNetwork net) throws IOException {
        ModelFile.save(file(name), net);
    }

    /** Saves a picture as PNG. */
    public void write(String name, BufferedImage picture) throws IOException {
        PngFile.write(file(name), picture);
    }

    /** Saves the results. */
    public void write(String name, ResultJson result) throws IOException {
        AtomicFile.write(file(name), result::writeTo);
    }

    /** Saves a page. */
    public void write(String name, HtmlReport page) throws IOException {
        page.write(file(name));
    }

    /** Saves what a function writes. */
    public void write(String name, AtomicFile.Content content) throws IOException {
        AtomicFile.write(file(name), content);
    }
}
