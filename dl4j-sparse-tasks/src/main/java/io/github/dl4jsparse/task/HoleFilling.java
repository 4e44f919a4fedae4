package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Missing pixels filled from outside in: round after round, each missing pixel beside a known one gets the mean of its known
 * neighbours, of eight, and counts as known from the next round on. Pixels that no patch with a known pixel covers keep
 * these values.
 *
 * @param planes    {@code [planes, 1, height, width]} without holes
 * @param distances of each pixel from the nearest that was known, in steps to one of eight neighbours: 0 for known ones,
 *                  {@code [height * width]}
 */
record HoleFilling(INDArray planes, int[] distances) {
    /**
     * Fills.
     *
     * @param planes {@code [planes, 1, height, width]}. Not modified.
     * @param mask   {@code [1, 1, height, width]}, above 0 for known pixels, at least one. Not modified.
     */
    static HoleFilling of(INDArray planes, INDArray mask) {
        int height = Math.toIntExact(planes.size(2));
        int width = Math.toIntExact(planes.size(3));
        double[] known = HostArrays.doubles(mask.dup('c'));
        int[] distances = new int[known.length];
        Arrays.fill(distances, -1);
        List<Integer> front = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (known[i] > 0) {
                distances[i] = 0;
                front.add(i);
            }
        }
        double[][] values = new double[Math.toIntExact(planes.size(0))][];
        for (int n = 0; n < values.length; n++) {
            values[n] = HostArrays.doubles(planes.slice(n, 0).dup('c'));
        }
        for (int round = 1; !front.isEmpty(); round++) {
            front = next(front, round, distances, height, width);
            for (int pixel : front) {
                for (double[] plane : values) {
                    plane[pixel] = mean(plane, pixel, round, distances, height, width);
                }
            }
        }
        INDArray filled = Nd4j.createUninitialized(DataType.FLOAT, planes.shape(), 'c');
        for (int n = 0; n < values.length; n++) {
            filled.slice(n, 0).assign(Nd4j.createFromArray(values[n]).reshape(1, height, width));
        }
        return new HoleFilling(filled, distances);
    }

    /** The missing pixels beside those of the round before. */
    private static List<Integer> next(List<Integer> front, int round, int[] distances, int height, int width) {
        List<Integer> found = new ArrayList<>();
        for (int pixel : front) {
            for (int y = Math.max(0, pixel / width - 1); y <= Math.min(height - 1, pixel / width + 1); y++) {
                for (int x = Math.max(0, pixel % width - 1); x <= Math.min(width - 1, pixel % width + 1); x++) {
                    int beside = y * width + x;
                    if (distances[beside] < 0) {
                        distances[beside] = round;
                        found.add(beside);
                    }
                }
            }
        }
        return found;
    }

    /** The mean of the neighbours of earlier rounds. */
    private static double mean(double[] plane, int pixel, int round, int[] distances, int height, int width) {
        double sum = 0;
        int count = 0;
        for (int y = Math.max(0, pixel / width - 1); y <= Math.min(height - 1, pixel / width + 1); y++) {
            for (int x = Math.max(0, pixel % width - 1); x <= Math.min(width - 1, pixel % width + 1); x++) {
                int beside = y * width + x;
                if (distances[beside] >= 0 && distances[beside] < round) {
                    sum += plane[beside];
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** The number of pixels that are further than this from all known ones. */
    int beyond(int reach) {
        return (int)
                Arrays.stream(distances).filter(distance -> distance > reach).count();
    }

    /**
     * Copies pixels that are further from all known ones than a distance.
     *
     * @param restored of the shape of the planes. Modified in place.
     */
    void copyBeyond(int reach, INDArray restored) {
        int width = Math.toIntExact(restored.size(3));
        for (int n = 0; n < restored.size(0); n++) {
            for (int i = 0; i < distances.length; i++) {
                if (distances[i] > reach) {
                    restored.putScalar(n, 0, i / width, i % width, planes.getDouble(n, 0, i / width, i % width));
                }
            }
        }
    }
}
