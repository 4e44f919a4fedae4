package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;

/**
 * An array of a graph of ONNX's operators, and what can be computed from it: each method adds nodes to the graph.
 * <p>Shapes: the first axis is the batch, of any length; lengths that are not known are {@link #FREE}. Operators on two
 * arrays broadcast as in NumPy: shapes are aligned at their last axes, and an axis of length 1 is repeated.
 */
public final class OnnxValue {
    /** Length of an axis that may have any. */
    public static final long FREE = -1;

    private final OnnxGraph graph;
    private final String name;
    private final long[] shape;

    OnnxValue(OnnxGraph graph, String name, long... shape) {
        this.graph = graph;
        this.name = name;
        this.shape = shape.clone();
    }

    /** The graph of the value. */
    public OnnxGraph graph() {
        return graph;
    }

    /** Its name in the graph. */
    public String name() {
        return name;
    }

    /** A new array. */
    public long[] shape() {
        return shape.clone();
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** The length of an axis, {@link #FREE} where it may have any; of axis -1 that of the last. */
    public long size(int axis) {
        return shape[axis < 0 ? axis + shape.length : axis];
    }

    /** The number of elements of one example, {@link #FREE} where not all axes are known. */
    public long sizeOfExample() {
        long size = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            size = size == FREE || shape[axis] == FREE ? FREE : size * shape[axis];
        }
        return size;
    }

    /** The result of an operator on each element. */
    public OnnxValue each(String operator) {
        return graph.node(operator, this).to(shape);
    }

    /** {@code max(0, x)}. */
    public OnnxValue relu() {
        return each("Relu");
    }

    /** The sum of two arrays. */
    public OnnxValue plus(OnnxValue other) {
        return with("Add", other);
    }

    /** The difference of two arrays. */
    public OnnxValue minus(OnnxValue other) {
        return with("Sub", other);
    }

    /** The product of two arrays, element by element. */
    public OnnxValue times(OnnxValue other) {
        return with("Mul", other);
    }

    /** The product with a number; itself for 1. */
    public OnnxValue times(double factor) {
        return factor == 1 ? this : times(graph.number(factor));
    }

    /** The quotient of two arrays, element by element. */
    public OnnxValue over(OnnxValue other) {
        return with("Div", other);
    }

    /** The result of an operator on two arrays, element by element. */
    public OnnxValue with(String operator, OnnxValue other) {
        return graph.node(operator, this, other).to(together(shape, other.shape));
    }

    /** This array where a condition holds, else another; the condition has the shape of one of them. */
    public OnnxValue where(OnnxValue condition, OnnxValue otherwise) {
        return graph.node("Where", condition, this, otherwise).to(together(shape, otherwise.shape));
    }

    private static long[] together(long[] a, long[] b) {
        long[] result = new long[Math.max(a.length, b.length)];
        for (int i = 1; i <= result.length; i++) {
            long x = i <= a.length ? a[a.length - i] : 1;
            long y = i <= b.length ? b[b.length - i] : 1;
            result[result.length - i] = x == 1 ? y : y == 1 || y == FREE ? x : y;
        }
        return result;
    }

    /**
     * The same elements in another shape.
     *
     * @param axes of each example; one may be {@link #FREE}
     */
    public OnnxValue reshaped(long... axes) {
        long[] whole = new long[axes.length + 1];
        System.arraycopy(axes, 0, whole, 1, axes.length);
        long[] target = whole.clone();
        whole[0] = shape[0];
        if (Arrays.equals(whole, shape)) {
            return this;
        }
        // 0 keeps the length of the axis
        return graph.node("Reshape", this, graph.integers(target)).to(whole);
    }

    /** The same elements with the axes in another order. */
    public OnnxValue permuted(int... axes) {
        long[] permuted = Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray();
        long[] order = Arrays.stream(axes).asLongStream().toArray();
        return graph.node("Transpose", this).with("perm", order).to(permuted);
    }

    /**
     * The matrix product over the last axis of this and the last but one of another, for each index of the other axes.
     */
    public OnnxValue product(OnnxValue other) {
        long[] left = Arrays.copyOf(shape, shape.length - 2);
        long[] right = Arrays.copyOf(other.shape, other.shape.length - 2);
        long[] batch = together(left, right);
        long[] result = Arrays.copyOf(batch, batch.length + 2);
        result[batch.length] = size(-2);
        result[batch.length + 1] = other.size(-1);
        return graph.node("MatMul", this, other).to(result);
    }

    /**
     * Elements of the last axis.
     *
     * @param indices of one or more axes, which replace the last
     */
    public OnnxValue gathered(OnnxValue indices) {
        long[] result = Arrays.copyOf(shape, shape.length - 1 + indices.rank());
        System.arraycopy(indices.shape, 0, result, shape.length - 1, indices.rank());
        return graph.node("Gather", this, indices)
                .with("axis", (long) shape.length - 1)
                .to(result);
    }

    /** This array followed by another along the last axis. */
    public OnnxValue followedBy(OnnxValue other) {
        long[] result = shape.clone();
        result[shape.length - 1] += other.size(-1);
        return graph.node("Concat", this, other)
                .with("axis", (long) shape.length - 1)
                .to(result);
    }

    /** This array with further elements of a given value at the end of the last axis. */
    public OnnxValue padded(long count, double value) {
        long[] pads = new long[2 * shape.length];
        pads[pads.length - 1] = count;
        long[] result = shape.clone();
        result[shape.length - 1] += count;
        return graph.node("Pad", this, graph.integers(pads), graph.number(value))
                .to(result);
    }

    /** The sum over axes, which stay with length 1. */
    public OnnxValue sum(int... axes) {
        long[] ordered = Arrays.stream(axes).asLongStream().toArray();
        return graph.node("ReduceSum", this, graph.integers(ordered))
                .with("keepdims", 1)
                .to(reduced(axes));
    }

    /** The mean over axes, which stay with length 1. */
    public OnnxValue mean(int... axes) {
        return reduced("ReduceMean", axes);
    }

    /** The largest element along axes, which stay with length 1. */
    public OnnxValue max(int... axes) {
        return reduced("ReduceMax", axes);
    }

    private OnnxValue reduced(String operator, int... axes) {
        return graph.node(operator, this)
                .with("axes", Arrays.stream(axes).asLongStream().toArray())
                .with("keepdims", 1)
                .to(reduced(axes));
    }

    private long[] reduced(int... axes) {
        long[] result = shape.clone();
        for (int axis : axes) {
            result[axis < 0 ? axis + result.length : axis] = 1;
        }
        return result;
    }

    /** Requires this number of axes, with a message that names the layer. */
    OnnxValue requireRank(String layer, int rank) {
        if (shape.length != rank) {
            throw Args.failure("input of " + layer, "of rank " + rank, Arrays.toString(shape));
        }
        return this;
    }
}
