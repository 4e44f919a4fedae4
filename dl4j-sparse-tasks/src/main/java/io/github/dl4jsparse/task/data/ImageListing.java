package io.github.dl4jsparse.task.data;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datavec.api.io.labels.ParentPathLabelGenerator;
import org.datavec.api.split.FileSplit;

/**
 * The image files of a folder and of folders in it, in the order of their names, by DataVec's {@code FileSplit}.
 *
 * @param root  the folder
 * @param files with an ending of an image, none hidden
 */
record ImageListing(Path root, List<Path> files) {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp");

    /**
     * Lists a folder.
     *
     * @param findings receives files that are ignored
     * @throws IOException if there is no such folder, or no file with an ending of an image in it
     */
    static ImageListing of(Path directory, Findings findings) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("the data directory " + directory + " does not exist or is no directory");
        }
        Path root = directory.toAbsolutePath().normalize();
        List<Path> images = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (URI location : new FileSplit(root.toFile()).locations()) {
            Path file = new File(location).toPath();
            if (!isHidden(root.relativize(file))) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                if (ENDINGS.stream().anyMatch(name::endsWith)) {
                    images.add(file);
                } else {
                    others.add(name(root, file));
                }
            }
        }
        others.sort(null);
        if (images.isEmpty()) {
            throw new IOException(directory + " has no image, no file that ends in "
                    + String.join(", ", ENDINGS.subList(0, ENDINGS.size() - 1)) + " or "
                    + ENDINGS.get(ENDINGS.size() - 1)
                    + (others.isEmpty() ? "; it has no file" : "; it has " + Findings.some(others)));
        }
        if (!others.isEmpty()) {
            findings.add("passed over " + Findings.count(others.size(), "file", "files")
                    + " without an ending of an image: " + Findings.some(others));
        }
        images.sort(Comparator.comparing(file -> name(root, file)));
        return new ImageListing(root, images);
    }

    /** Names that begin with a dot are hidden on Unix; files with "._" hold attributes of other files of macOS. */
    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** The name of a file in messages: its path in the folder, with slashes. */
    String name(Path file) {
        return name(root, file);
    }

    /**
     * The content of a file.
     *
     * @throws IOException if it can't be read; the message names the file and says why
     */
    byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(name(file) + " can't be read: " + e, e);
        }
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /**
     * The class of each file, the name of the folder that it lies in.
     *
     * @param read     those of the files that could be read
     * @param findings receives warnings about the classes
     * @return empty if all files of the listing lie in the folder itself
     */
    List<String> labels(List<Path> read, Findings findings) {
        if (files.stream().allMatch(file -> file.getParent().equals(root))) {
            return List.of();
        }
        ParentPathLabelGenerator generator = new ParentPathLabelGenerator();
        List<String> labels = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Set<String>> folders = new TreeMap<>();
        for (Path file : read) {
            String label = generator.getLabelForPath(file.toString()).toString();
            labels.add(label);
            counts.merge(label, 1, Integer::sum);
            folders.computeIfAbsent(label, key -> new TreeSet<>()).add(name(file.getParent()));
        }
        long loose = read.stream().filter(file -> file.getParent().equals(root)).count();
        if (loose > 0) {
            findings.add(Findings.count(loose, "image lies", "images lie")
                    + " beside the folders of classes: their class is \"" + root.getFileName()
                    + "\", the name of the folder itself");
        }
        folders.values().removeIf(paths -> paths.size() < 2);
        folders.forEach((label, paths) -> findings.add(
                "class \"" + label + "\" is in " + paths.size() + " folders: " + String.join(", ", paths)));
        counts.values().removeIf(count -> count > 1);
        if (!counts.isEmpty()) {
            findings.add(Findings.classesOfOne(List.copyOf(counts.keySet())));
        }
        return labels;
    }
}
