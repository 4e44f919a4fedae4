package io.github.dl4jsparse.internal.nn;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Errors of layers in one form: name, rule and value, then the layer's name and type in brackets. */
public final class LayerErrors {
    private LayerErrors() {}

    /**
     * The error for an invalid value of a builder.
     *
     * @param cause its message is name, rule and value
     * @param name  of the layer, null for none
     * @param type  of the layer
     */
    public static DL4JInvalidConfigException refused(IllegalArgumentException cause, String name, Class<?> type) {
        return new DL4JInvalidConfigException(cause.getMessage() + place(name, "", type), cause);
    }

    /**
     * Runs the checks of a builder.
     *
     * @param checks throw {@code IllegalArgumentException} with name, rule and value
     * @param name   of the layer, null for none
     * @param type   of the layer
     * @throws DL4JInvalidConfigException with name, rule, value and layer
     */
    public static void refuseBad(Runnable checks, String name, Class<?> type) {
        try {
            checks.run();
        } catch (IllegalArgumentException e) {
            throw refused(e, name, type);
        }
    }

    /** The error for a layer with an invalid configuration. */
    public static DL4JInvalidConfigException refused(String message, Layer layer) {
        return new DL4JInvalidConfigException(message + place(layer.getLayerName(), "", layer.getClass()));
    }

    /** The error for a layer that can't work at its position in a network. */
    public static DL4JInvalidConfigException refused(String message, Layer layer, int index) {
        return new DL4JInvalidConfigException(
                message + place(layer.getLayerName(), "index " + index + ", ", layer.getClass()));
    }

    /**
     * The error for data that do not fit a layer.
     *
     * @param message name, rule and value
     * @param input   the array
     * @param layer   its name, index and type, in DL4J's form
     */
    public static DL4JInvalidInputException misfit(String message, INDArray input, String layer) {
        String row =
                input.rank() == 1 ? "for one example give input.reshape(1, " + input.length() + "), otherwise " : "";
        return new DL4JInvalidInputException(message + "; input " + Arrays.toString(input.shape()) + ", " + row
                + "set the network's input type to fit the data " + layer);
    }

    /**
     * Refuses types of half precision, in which DL4J 1.0.0-M2.1 itself soon trains its layers to NaN.
     *
     * @param type of the network's parameters
     * @throws DL4JInvalidConfigException unless it is FLOAT or DOUBLE
     */
    public static void requirePrecision(DataType type, Layer layer, int index) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw refused(
                    "data type must be FLOAT or DOUBLE, got " + type
                            + "; set dataType(DataType.FLOAT) in the network's configuration",
                    layer,
                    index);
        }
    }

    private static String place(String name, String index, Class<?> type) {
        return " (" + (name == null ? "" : "layer \"" + name + "\", ") + index + type.getSimpleName() + ")";
    }
}
