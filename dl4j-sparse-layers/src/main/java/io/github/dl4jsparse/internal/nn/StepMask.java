package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's mask of the time steps of sequences, and the resulting mask of positions of filters or windows.
 * <p>Shapes: {@code [batch, time]}.
 *
 * @param steps 1 for valid time steps, 0 for masked ones. Not modified.
 */
public record StepMask(INDArray steps) {
    /**
     * A mask of sequences; null for none, and for one of whole examples.
     *
     * @param layer its name, index and type, for the error
     * @throws DL4JInvalidInputException if it is of another length
     */
    public static StepMask of(INDArray mask, long batch, long time, String layer) {
        if (mask == null || mask.length() == batch) {
            return null;
        }
        if (mask.rank() != 2 || mask.size(0) != batch || mask.size(1) != time) {
            throw new DL4JInvalidInputException(
                    "mask must have one value per example, or one per time step, for a batch of " + batch + " with "
                            + time + " steps each, got " + Arrays.toString(mask.shape()) + " " + layer);
        }
        return new StepMask(mask);
    }

    /** For each element of the sequences in the layer's order, a new array {@code [batch, time * channels]}. */
    public INDArray elements(int channels, DataType type) {
        double[] each = HostArrays.doubles(steps.castTo(DataType.DOUBLE).dup('c'));
        double[] all = new double[each.length * channels];
        Arrays.setAll(all, i -> each[i / channels]);
        return Nd4j.createFromArray(all).castTo(type).reshape('c', steps.size(0), steps.size(1) * channels);
    }

    /**
     * The mask of positions: the maximum of the mask over the time steps of each window.
     *
     * @param size   time steps of a window
     * @param stride from one position to the next
     * @param lead   time steps of padding before the first
     * @param count  positions
     * @return a new array {@code [batch, positions]}
     */
    public INDArray positions(int size, int stride, int lead, int count) {
        int batch = Math.toIntExact(steps.size(0));
        int time = Math.toIntExact(steps.size(1));
        double[] each = HostArrays.doubles(steps.castTo(DataType.DOUBLE).dup('c'));
        double[] places = new double[batch * count];
        for (int i = 0; i < places.length; i++) {
            int first = i % count * stride - lead;
            for (int t = Math.max(0, first); t < Math.min(time, first + size); t++) {
                places[i] = Math.max(places[i], each[i / count * time + t]);
            }
        }
        return Nd4j.createFromArray(places).castTo(steps.dataType()).reshape('c', batch, count);
    }
}
