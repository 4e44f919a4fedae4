package io.github.dl4jsparse.examples.features;

import io.github.dl4jsparse.task.NearestNeighbours;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Classifies by the nearest labelled images, pixel by pixel: what features are to beat. The number of neighbours is the one that is
 * right most often for the labelled images, each without itself.
 *
 * @param labelled   the images with classes
 * @param neighbours how many of them vote
 */
record PixelNeighbours(ExampleSet labelled, int neighbours) {
    private static final int[] CHOICES = {1, 3, 5, 7, 9};

    static PixelNeighbours of(ExampleSet labelled) {
        int most = Math.min(CHOICES[CHOICES.length - 1], labelled.size() - 1);
        int[][] nearest = new NearestNeighbours(pixels(labelled)).ofEach(most);
        int best = 1;
        int bestRight = -1;
        for (int count : CHOICES) {
            int right = count > most ? -1 : right(nearest, count, labelled.labels(), labelled.labels());
            if (right > bestRight) {
                best = count;
                bestRight = right;
            }
        }
        return new PixelNeighbours(labelled, best);
    }

    private static INDArray pixels(ExampleSet images) {
        return images.features().reshape('c', images.size(), images.features().length() / images.size());
    }

    private static int right(int[][] nearest, int count, List<String> voters, List<String> labels) {
        int right = 0;
        for (int i = 0; i < nearest.length; i++) {
            int[] first = Arrays.copyOf(nearest[i], count);
            right += NearestNeighbours.majority(first, voters).equals(labels.get(i)) ? 1 : 0;
        }
        return right;
    }

    /** Right answers, as a share. */
    double accuracy(ExampleSet test) {
        int[][] nearest = new NearestNeighbours(pixels(labelled)).of(pixels(test), neighbours);
        return (double) right(nearest, neighbours, labelled.labels(), test.labels()) / test.size();
    }
}
