package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ImageFolder;
import io.github.dl4jsparse.task.data.LabelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images of one's own.
 *
 * @param images    a folder
 * @param labelFile null for class folders
 * @param test      a folder of class folders; null for none
 * @param size      height and width; null for that of most images
 */
record FeaturesFolders(Path images, Path labelFile, Path test, int[] size, boolean colour, boolean strict) {
    /**
     * Reads them.
     *
     * @param most images to use, at most; drawn by the seed
     * @throws IOException              if a folder or file can't be read
     * @throws IllegalArgumentException if there are no classes
     */
    FeaturesData read(int most, long seed) throws IOException {
        ExampleSet found = folder(images, size).read();
        ExampleSet all = first(found, most, seed);
        LabelFile file = labelFile == null ? null : LabelFile.of(labelFile);
        // the list names images of the whole folder
        ExampleSet labelled = file == null ? all : (strict ? file.strict() : file).read(found);
        if (labelled.classes().size() < 2) {
            throw Args.failure(
                    "images of " + images,
                    "of two classes or more, each in a folder of its own; or name them with --label-file",
                    labelled.classes().isEmpty()
                            ? "no class"
                            : "the class \"" + labelled.classes().get(0) + "\" alone");
        }
        int[] same = {
            Math.toIntExact(all.features().size(2)),
            Math.toIntExact(all.features().size(3))
        };
        ExampleSet measured = test == null ? null : folder(test, same).read();
        if (measured != null && !labelled.classes().containsAll(measured.classes())) {
            throw Args.failure("classes of " + test, "some of " + labelled.classes(), measured.classes());
        }
        return new FeaturesData(images.toString(), all, labelled, measured);
    }

    private ImageFolder folder(Path directory, int[] wanted) {
        ImageFolder folder = ImageFolder.of(directory);
        folder = colour ? folder.colour() : folder;
        folder = strict ? folder.strict() : folder;
        return wanted == null ? folder : folder.size(wanted[0], wanted[1]);
    }

    private static ExampleSet first(ExampleSet images, int most, long seed) {
        if (images.size() <= most) {
            return images;
        }
        List<Integer> order = IntStream.range(0, images.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(seed));
        int[] chosen = order.stream().limit(most).mapToInt(i -> i).toArray();
        Arrays.sort(chosen);
        return images.select(chosen);
    }
}
