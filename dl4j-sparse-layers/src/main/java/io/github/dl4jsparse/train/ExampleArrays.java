package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays of the same examples, any of which can be selected by index.
 * <p>Shapes: {@code [examples, ...]}, the first axis of equal length in all.
 */
final class ExampleArrays {
    private final INDArray[] arrays;

    /**
     * @param name   of the arrays, for the error
     * @param arrays kept by reference where they are dense and in c order, copied otherwise. Not modified.
     * @throws IllegalArgumentException if there are none, or one is missing, empty, without an axis of values, or of other length
     */
    ExampleArrays(String name, INDArray... arrays) {
        Args.atLeast("number of arrays of " + name, Args.given(name, arrays).length, 1);
        for (INDArray array : arrays) {
            Args.given(name, array);
            if (array.isEmpty() || array.rank() < 2) {
                throw Args.failure(
                        name,
                        "of shape [examples, ...], at least one example (one of n values: reshape(1, n))",
                        Arrays.toString(array.shape()));
            }
            if (array.size(0) != arrays[0].size(0)) {
                throw Args.failure(
                        name, "arrays of as many examples as the first, " + arrays[0].size(0), array.size(0));
            }
        }
        this.arrays = Arrays.stream(arrays)
                .map(array -> HostArrays.isDense(array) ? array : array.dup('c'))
                .toArray(INDArray[]::new);
    }

    /** Number of examples. */
    int size() {
        return Math.toIntExact(arrays[0].size(0));
    }

    /** The array of an index, with all examples. Shared, not copied. */
    INDArray array(int number) {
        return arrays[number];
    }

    /** Number of arrays. */
    int count() {
        return arrays.length;
    }

    /**
     * Some examples of every array.
     *
     * @param examples their indices, in any order. Not modified.
     * @return new arrays
     */
    INDArray[] take(int[] examples) {
        return Arrays.stream(arrays).map(array -> take(array, examples)).toArray(INDArray[]::new);
    }

    private static INDArray take(INDArray array, int[] examples) {
        long[] shape = array.shape().clone();
        INDArray rows = array.reshape('c', shape[0], array.length() / shape[0]);
        shape[0] = examples.length;
        return Nd4j.pullRows(rows, 1, examples, 'c').reshape('c', shape);
    }

    /** A random permutation of 0 to {@code n - 1} from a seed. */
    static int[] shuffled(int n, long seed) {
        List<Integer> order = Arrays.asList(IntStream.range(0, n).boxed().toArray(Integer[]::new));
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }
}
