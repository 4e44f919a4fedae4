package io.github.dl4jsparse.math;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Moves whole arrays between ND4J and plain Java arrays in bulk; element by element, ND4J takes ten times as long.
 * <p>Shapes: any; elements are in c order.
 */
public final class HostArrays {
    private HostArrays() {}

    /**
     * All elements as double precision numbers.
     *
     * @param array FLOAT or DOUBLE. Not modified.
     * @return a new array
     */
    public static double[] doubles(INDArray array) {
        double[] values = new double[Math.toIntExact(array.length())];
        INDArray dense = dense(array);
        if (dense.dataType() == DataType.FLOAT) {
            float[] single = new float[values.length];
            dense.data().asNioFloat().get(single);
            Arrays.parallelSetAll(values, i -> single[i]);
        } else {
            dense.castTo(DataType.DOUBLE).data().asNioDouble().get(values);
        }
        return values;
    }

    private static INDArray dense(INDArray array) {
        boolean plain = array.ordering() == 'c' && !array.isView() && array.offset() == 0;
        return plain ? array : array.dup('c');
    }

    /**
     * Overwrites an array.
     *
     * @param values of the length of the array. Not modified.
     * @param array  FLOAT or DOUBLE, of any order. Modified in place.
     */
    public static void write(double[] values, INDArray array) {
        INDArray dense = dense(array);
        if (dense.dataType() == DataType.FLOAT) {
            float[] single = new float[values.length];
            IntStream.range(0, values.length).parallel().forEach(i -> single[i] = (float) values[i]);
            dense.data().asNioFloat().put(single);
        } else {
            dense.data().asNioDouble().put(values);
        }
        if (dense != array) {
            array.assign(dense);
        }
    }
}
