package io.github.dl4jsparse.nn.common;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the channels of images are: in the arrays of a network, as its data format says, and in those that a layer computes with.
 * <p>Shapes: {@code [batch, channels, height, width]} (NCHW, DL4J's default) or {@code [batch, height, width, channels]} (NHWC).
 *
 * @param firstInNetwork whether they come before the rows in the network
 * @param firstInLayer   whether they do in the layer
 */
public record ChannelOrder(boolean firstInNetwork, boolean firstInLayer) {
    /** One order in network and layer, so that nothing changes; also that of arrays that are no images. */
    public static final ChannelOrder SAME = new ChannelOrder(true, true);

    private static final int[] FIRST_TO_LAST = {0, 2, 3, 1};
    private static final int[] LAST_TO_FIRST = {0, 3, 1, 2};

    /**
     * Of a layer that computes with the channels last.
     *
     * @param network the format of the network; null for NCHW
     */
    public static ChannelOrder lastInLayer(CNN2DFormat network) {
        return new ChannelOrder(network != CNN2DFormat.NHWC, false);
    }

    /**
     * Of a layer that computes with the channels first.
     *
     * @param network the format of the network; null for NCHW
     */
    public static ChannelOrder firstInLayer(CNN2DFormat network) {
        return new ChannelOrder(network != CNN2DFormat.NHWC, true);
    }

    /**
     * The format of a layer once it knows its input type.
     *
     * @param own      the layer's format so far; null where it has none
     * @param type     of any kind; only one of images says a format
     * @param override whether the type's format counts for more than the layer's own
     * @return null where neither says one
     */
    public static CNN2DFormat format(CNN2DFormat own, InputType type, boolean override) {
        return type instanceof InputType.InputTypeConvolutional images && (override || own == null)
                ? images.getFormat()
                : own;
    }

    /** A layer's format, NCHW where it has none. */
    public static CNN2DFormat format(CNN2DFormat own) {
        return own == null ? CNN2DFormat.NCHW : own;
    }

    /** Whether arrays are the same in network and layer. */
    public boolean isSame() {
        return firstInNetwork == firstInLayer;
    }

    /** The format of the network. */
    public CNN2DFormat networkFormat() {
        return firstInNetwork ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
    }

    /** The axis of the channels in the network. */
    public int channelAxis() {
        return firstInNetwork ? 1 : 3;
    }

    /** The axis of the rows in the network; that of the columns is the next. */
    public int heightAxis() {
        return firstInNetwork ? 2 : 1;
    }

    /** An array of the network in the layer's order: the array itself or a view of it. */
    public INDArray toLayer(INDArray array) {
        return isSame() ? array : array.permute(axesOfLayer());
    }

    /** An array of the layer in the network's order: the array itself or a view of it. */
    public INDArray toNetwork(INDArray array) {
        return isSame() ? array : array.permute(axesOfNetwork());
    }

    /** The shape in the layer of an array of the network's. */
    public long[] toLayer(long... shape) {
        return isSame() ? shape : permuted(shape, axesOfLayer());
    }

    /** The shape in the network of an array of the layer's. */
    public long[] toNetwork(long... shape) {
        return isSame() ? shape : permuted(shape, axesOfNetwork());
    }

    private static long[] permuted(long[] shape, int[] axes) {
        return IntStream.of(axes).mapToLong(axis -> shape[axis]).toArray();
    }

    /** The shape of one image in the network. */
    public long[] image(long channels, long height, long width) {
        return firstInNetwork ? new long[] {channels, height, width} : new long[] {height, width, channels};
    }

    /** Whether an array of the network holds images of a number of channels. */
    public boolean isImages(INDArray array, long channels) {
        return array != null && array.rank() == 4 && array.size(channelAxis()) == channels;
    }

    /** What such an array is, as the text of an error. */
    public String images(long channels) {
        return "images [batch, "
                + (firstInNetwork ? channels + ", height, width]" : "height, width, " + channels + "]");
    }

    private int[] axesOfLayer() {
        return firstInNetwork ? FIRST_TO_LAST : LAST_TO_FIRST;
    }

    private int[] axesOfNetwork() {
        return firstInNetwork ? LAST_TO_FIRST : FIRST_TO_LAST;
    }
}
