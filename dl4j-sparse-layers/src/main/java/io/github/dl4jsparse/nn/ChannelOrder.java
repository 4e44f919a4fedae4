package io.github.dl4jsparse.nn;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The position of the channel axis of images, in the arrays of a network, by its data format, and in those that a layer
 * computes with. For the layer, sequences are images of one row.
 * <p>Shapes: {@code [batch, channels, height, width]} (NCHW, DL4J's default) or {@code [batch, height, width, channels]} (NHWC);
 * sequences of a network {@code [batch, channels, time]} (NCW, DL4J's default) or {@code [batch, time, channels]} (NWC).
 *
 * @param firstInNetwork whether they come before the rows in the network
 * @param firstInLayer   whether they do in the layer
 * @param ofSequences    whether the network's arrays have one axis of time instead of rows and columns
 */
public record ChannelOrder(boolean firstInNetwork, boolean firstInLayer, boolean ofSequences) {
    /** One order in network and layer, so that nothing changes; also used for arrays that are no images. */
    public static final ChannelOrder SAME = new ChannelOrder(true, true, false);

    private static final int[] FIRST_TO_LAST = {0, 2, 3, 1};
    private static final int[] LAST_TO_FIRST = {0, 3, 1, 2};

    /**
     * Of a layer that computes with the channels last.
     *
     * @param network the format of the network; null for NCHW
     */
    public static ChannelOrder lastInLayer(@Nullable CNN2DFormat network) {
        return new ChannelOrder(network != CNN2DFormat.NHWC, false, false);
    }

    /**
     * Of a layer that computes with the channels first.
     *
     * @param network the format of the network; null for NCHW
     */
    public static ChannelOrder firstInLayer(@Nullable CNN2DFormat network) {
        return new ChannelOrder(network != CNN2DFormat.NHWC, true, false);
    }

    /**
     * Of a layer that computes with sequences as images of one row.
     *
     * @param network      the format of the network; null for NCW
     * @param firstInLayer whether the channels come first in the layer
     */
    public static ChannelOrder ofSequences(@Nullable RNNFormat network, boolean firstInLayer) {
        return new ChannelOrder(network != RNNFormat.NWC, firstInLayer, true);
    }

    /**
     * The format of a layer with a given input type.
     *
     * @param own      the layer's format so far; null where it has none
     * @param type     of any kind; only that of images has a format
     * @param override whether the type's format overrides the layer's own
     * @return null where neither has one
     */
    public static @Nullable CNN2DFormat format(@Nullable CNN2DFormat own, InputType type, boolean override) {
        return type instanceof InputType.InputTypeConvolutional images && (override || own == null)
                ? images.getFormat()
                : own;
    }

    /** A layer's format, NCHW where it has none. */
    public static CNN2DFormat format(@Nullable CNN2DFormat own) {
        return own == null ? CNN2DFormat.NCHW : own;
    }

    /** Whether arrays are the same in network and layer. */
    public boolean isSame() {
        return firstInNetwork == firstInLayer && !ofSequences;
    }

    /** The format of the network, or that of sequences as images of one row. */
    public CNN2DFormat networkFormat() {
        return firstInNetwork ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
    }

    /** The number of axes in the network. */
    public int rank() {
        return ofSequences ? 3 : 4;
    }

    /** The axis of the channels in the network. */
    public int channelAxis() {
        return firstInNetwork ? 1 : rank() - 1;
    }

    /** Rows and columns of images of the network; sequences have one row. */
    public int[] size(INDArray images) {
        int axis = firstInNetwork ? 2 : 1;
        int first = Math.toIntExact(images.size(axis));
        return ofSequences ? new int[] {1, first} : new int[] {first, Math.toIntExact(images.size(axis + 1))};
    }

    /** The axis of the row of images that are sequences. */
    private int rowAxis() {
        return firstInNetwork ? 2 : 1;
    }

    /** Images of the network; of sequences a view as images of one row. */
    private INDArray asImages(INDArray array) {
        return ofSequences ? array.reshape('c', withRow(array.shape())) : array;
    }

    private long[] withRow(long... shape) {
        long[] images = new long[4];
        for (int axis = 0; axis < 4; axis++) {
            images[axis] = axis == rowAxis() ? 1 : shape[axis < rowAxis() ? axis : axis - 1];
        }
        return images;
    }

    /** An array of the network in the layer's order: the array itself or a view of it. */
    public INDArray toLayer(INDArray array) {
        INDArray images = asImages(array);
        return firstInNetwork == firstInLayer ? images : images.permute(axesOfLayer());
    }

    /** An array of the layer in the network's order: the array itself or a view of it. */
    public INDArray toNetwork(INDArray array) {
        INDArray images = firstInNetwork == firstInLayer ? array : array.permute(axesOfNetwork());
        return ofSequences ? images.slice(0, rowAxis()) : images;
    }

    /** The shape in the layer of an array of the network's. */
    public long[] toLayer(long... shape) {
        long[] images = ofSequences ? withRow(shape) : shape;
        return firstInNetwork == firstInLayer ? images : permuted(images, axesOfLayer());
    }

    /** The shape in the network of an array of the layer's. */
    public long[] toNetwork(long... shape) {
        long[] images = firstInNetwork == firstInLayer ? shape : permuted(shape, axesOfNetwork());
        return ofSequences
                ? IntStream.range(0, 4)
                        .filter(axis -> axis != rowAxis())
                        .mapToLong(axis -> images[axis])
                        .toArray()
                : images;
    }

    private static long[] permuted(long[] shape, int[] axes) {
        return IntStream.of(axes).mapToLong(axis -> shape[axis]).toArray();
    }

    /** The shape of one image in the network. */
    public long[] image(long channels, long height, long width) {
        return firstInNetwork ? new long[] {channels, height, width} : new long[] {height, width, channels};
    }

    /** The shape of a batch in the network; sequences have no height. */
    public long[] shape(long batch, long channels, long height, long width) {
        if (ofSequences) {
            return firstInNetwork ? new long[] {batch, channels, width} : new long[] {batch, width, channels};
        }
        long[] image = image(channels, height, width);
        return new long[] {batch, image[0], image[1], image[2]};
    }

    /** Whether an array of the network holds images, or sequences, of a number of channels. */
    public boolean isImages(INDArray array, long channels) {
        return array != null && array.rank() == rank() && array.size(channelAxis()) == channels;
    }

    /** The description of such an array in error messages. */
    public String images(long channels) {
        String place = ofSequences ? "time" : "height, width";
        return (ofSequences ? "sequences" : "images") + " [batch, "
                + (firstInNetwork ? channels + ", " + place + "]" : place + ", " + channels + "]");
    }

    private int[] axesOfLayer() {
        return firstInNetwork ? FIRST_TO_LAST : LAST_TO_FIRST;
    }

    private int[] axesOfNetwork() {
        return firstInNetwork ? LAST_TO_FIRST : FIRST_TO_LAST;
    }
}
