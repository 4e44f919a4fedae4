package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.nn.ChannelOrder;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Pictures of the filters of a layer and of the inputs, or the part of an input, that drive a unit. */
final class UnitPictures {
    private final Stage stage;
    private final INDArray examples;
    /** {@code [channels, height, width]} of an example as it is shown. */
    private final int[] shape;

    private final ConvolutionalListaLayer filters;
    private final double[][] atoms;
    /** Whether the layer sees pixels, or numbers that stand at the positions of pixels. */
    private final boolean onPixels;

    private UnitPictures(Stage stage, INDArray examples, int[] shape) {
        this.stage = stage;
        this.examples = examples;
        this.shape = shape;
        this.filters = stage.layer().conf().getLayer() instanceof ConvolutionalListaLayer conf ? conf : null;
        this.atoms = FilterColumns.of(stage.layer().getParam("D"));
        this.onPixels = seesPixels();
    }

    /** @param image {@code [channels, height, width]} of vectors; null for those that are none */
    static UnitPictures of(Stage stage, INDArray examples, long[] image) {
        int[] shape =
                image != null ? Arrays.stream(image).mapToInt(Math::toIntExact).toArray() : shape(examples, stage);
        return new UnitPictures(stage, examples, shape);
    }

    private boolean seesPixels() {
        INDArray input =
                channelsFirst(stage.inputOf(batch(0, 1)), stage.dictionary().channelOrder());
        boolean vectors = input.rank() == 2 && input.size(1) == (long) shape[0] * shape[1] * shape[2];
        return vectors
                || input.rank() == 3 && input.size(1) == shape[0] && input.size(2) == shape[2]
                || input.rank() == 4
                        && input.size(1) == shape[0]
                        && input.size(2) == shape[1]
                        && input.size(3) == shape[2];
    }

    private static int[] shape(INDArray examples, Stage stage) {
        INDArray first = channelsFirst(examples, stage);
        return switch (first.rank()) {
            case 2 -> new int[] {1, 1, (int) first.size(1)};
            case 3 -> new int[] {(int) first.size(1), 1, (int) first.size(2)};
            default -> new int[] {(int) first.size(1), (int) first.size(2), (int) first.size(3)};
        };
    }

    private static INDArray channelsFirst(INDArray examples, Stage stage) {
        return stage.isFirst() ? channelsFirst(examples, stage.dictionary().channelOrder()) : examples;
    }

    /** Images or sequences with the channels behind the batch, whatever the network's order. */
    static INDArray channelsFirst(INDArray array, ChannelOrder order) {
        if (order.firstInNetwork() || array.rank() < 3) {
            return array;
        }
        return array.rank() == 4 ? array.permute(0, 3, 1, 2) : array.permute(0, 2, 1);
    }

    /** Whether units are maps, with a position in each input. */
    boolean hasPositions() {
        return filters != null;
    }

    /** Some examples, as the network takes them. */
    INDArray batch(long first, int count) {
        INDArrayIndex[] index = new INDArrayIndex[examples.rank()];
        Arrays.fill(index, NDArrayIndex.all());
        index[0] = NDArrayIndex.interval(first, Math.min(first + count, examples.size(0)));
        return examples.get(index);
    }

    /** The atoms, one a unit. */
    double[][] atoms() {
        return atoms;
    }

    /** A unit's filter; empty above the first layer, where it is over units of the layer below. */
    String filter(int unit) {
        String title = "filter of unit " + unit;
        if (!onPixels) {
            return "";
        }
        if (filters == null) {
            boolean whole = atoms[unit].length == shape[0] * shape[1] * shape[2];
            return whole ? new PixelPicture(atoms[unit], shape[0], shape[1], shape[2]).signed(title) : "";
        }
        int[] kernel = filters.getKernelSize();
        int channels = atoms[unit].length / (kernel[0] * kernel[1]);
        double[] planes = Arrays.stream(FilterColumns.planes(atoms[unit], channels, CNN2DFormat.NHWC))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return new PixelPicture(planes, channels, kernel[0], kernel[1]).signed(title);
    }

    /** The input of a response: the part below the filter in the first layer of maps, else the whole. */
    String input(UnitResponse response) {
        INDArray example = channelsFirst(batch(response.example(), 1), stage);
        PixelPicture whole = new PixelPicture(HostArrays.doubles(example.dup('c')), shape[0], shape[1], shape[2]);
        if (filters == null || !onPixels) {
            return whole.ranged("input");
        }
        int[] corner = corner(response);
        int[] kernel = filters.getKernelSize();
        return whole.crop(corner[0], corner[1], kernel[0], kernel[1]).ranged("part of the input");
    }

    /** ", row 3, column 5" of an input; empty where units are no maps. */
    String position(UnitResponse response) {
        if (filters == null) {
            return "";
        }
        int[] at = onPixels ? corner(response) : new int[] {response.row(), response.column()};
        String where = shape[1] == 1 ? ", step " + at[1] : ", row " + at[0] + ", column " + at[1];
        return onPixels ? where : where + " of its map";
    }

    /** The first row and column of the input below the filter of a response. */
    private int[] corner(UnitResponse response) {
        ConvolutionGeometry geometry = filters.geometry(shape[1], shape[2]);
        return new int[] {
            response.row() * geometry.strideHeight() - geometry.top(),
            response.column() * geometry.strideWidth() - geometry.left()
        };
    }
}
