package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The elements of a layer's parameters that are kept in pruning: those that belong to a kept unit or input on every
 * axis that runs over units or inputs.
 *
 * @param units   number of units; 0 where all are kept
 * @param kept    the units that are kept; null for all
 * @param inputs  number of inputs; 0 where all are kept
 * @param keptInputs the inputs that are kept; null for all
 */
record KeptElements(int units, BitSet kept, int inputs, BitSet keptInputs) {
    /** All units and all inputs. */
    static final KeptElements ALL = new KeptElements(0, null, 0, null);

    /** Some units, and all inputs. */
    static KeptElements ofUnits(int[] kept, long units) {
        return new KeptElements(Math.toIntExact(units), set(kept), 0, null);
    }

    /** Some inputs, and all units. */
    static KeptElements ofInputs(int[] kept, long inputs) {
        return new KeptElements(0, null, Math.toIntExact(inputs), set(kept));
    }

    private static BitSet set(int[] numbers) {
        BitSet set = new BitSet();
        for (int number : numbers) {
            set.set(number);
        }
        return set;
    }

    private boolean stays(Axis axis, long index) {
        return switch (axis) {
            case UNITS -> kept == null || kept.get((int) (index % units));
            case INPUTS -> keptInputs == null || keptInputs.get((int) (index % inputs));
            case OTHER -> true;
        };
    }

    /**
     * The elements of a parameter that are kept, in c order.
     *
     * @param axes one for each dimension of the parameter
     * @throws IllegalArgumentException if the axes are not those of the shape
     */
    BitSet of(long[] shape, List<Axis> axes) {
        if (axes.size() != shape.length) {
            throw Args.failure("axes", "one for each dimension of " + Arrays.toString(shape), axes);
        }
        for (int a = 0; a < shape.length; a++) {
            int period = axes.get(a) == Axis.UNITS ? units : axes.get(a) == Axis.INPUTS ? inputs : 0;
            if (period > 0 && shape[a] % period != 0) {
                throw Args.failure("length of axis " + a, "a multiple of " + period, shape[a]);
            }
        }
        int length = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        BitSet elements = new BitSet(length);
        elements.set(0, length);
        int inner = length;
        for (int a = 0; a < shape.length; a++) {
            inner /= (int) shape[a];
            for (int index = 0; index < shape[a]; index++) {
                if (!stays(axes.get(a), index)) {
                    for (int outer = index * inner; outer < length; outer += inner * (int) shape[a]) {
                        elements.clear(outer, outer + inner);
                    }
                }
            }
        }
        return elements;
    }

    /**
     * Copies the elements that are kept.
     *
     * @param source   a parameter, or its state in an updater. Not modified.
     * @param elements of the source, in c order
     * @param target   as many elements, in c order. Modified in place.
     */
    static void copy(INDArray source, BitSet elements, INDArray target) {
        double[] values = HostArrays.doubles(source);
        double[] left = elements.stream().mapToDouble(i -> values[i]).toArray();
        if (left.length != target.length()) {
            throw Args.failure("target", "an array of " + left.length + " elements", target.length());
        }
        target.assign(Nd4j.createFromArray(left).reshape('c', target.shape()).castTo(target.dataType()));
    }
}
