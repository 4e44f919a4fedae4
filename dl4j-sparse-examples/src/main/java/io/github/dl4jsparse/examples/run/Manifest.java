package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.internal.io.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The names of the files that a run leaves in its directory, {@code manifest.json}. A name is in it before the file exists,
 * so that the next run can remove what this one left and nothing else, wherever this one ended.
 */
final class Manifest {
    static final String FILE = "manifest.json";
    private static final String FILES = "files";

    private final Path directory;
    private final Set<String> names = new LinkedHashSet<>();

    /** An empty one; its file appears with the first name. */
    Manifest(Path directory) {
        this.directory = directory;
    }

    /** Adds a file, by its name relative to the directory with slashes. */
    synchronized void add(String name) throws IOException {
        if (names.add(name)) {
            AtomicFile.write(
                    directory.resolve(FILE),
                    out -> out.write((new ObjectMapper()
                                            .writerWithDefaultPrettyPrinter()
                                            .writeValueAsString(Map.of(FILES, names))
                                    + "\n")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    /** Takes over names of a run that this one goes on with. */
    synchronized void keep(List<String> others) {
        names.addAll(others);
    }

    synchronized List<String> names() {
        return List.copyOf(names);
    }

    /**
     * Reads the names that the last run left in a directory; none without a manifest.
     *
     * @throws IOException if the file is no manifest
     */
    static List<String> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try {
            JsonNode files = new ObjectMapper().readTree(file.toFile()).path(FILES);
            if (!files.isArray()) {
                throw new IOException(file + " is no manifest of a run: it has no list \"" + FILES + "\"");
            }
            files.forEach(name -> names.add(name.asText()));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no manifest of a run: " + e.getOriginalMessage(), e);
        }
        return names;
    }

    /** Deletes the files of the last run, its manifest, and directories of its that are empty then. */
    static void removeFiles(Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        for (String name : read(directory)) {
            Path file = root.resolve(name).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException(directory.resolve(FILE) + " names a file outside of its directory: " + name);
            }
            Files.deleteIfExists(file);
            for (Path parent = file.getParent(); !parent.equals(root); parent = parent.getParent()) {
                if (!isRemoved(parent)) {
                    break;
                }
            }
        }
        Files.deleteIfExists(directory.resolve(FILE));
    }

    private static boolean isRemoved(Path folder) throws IOException {
        try {
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
