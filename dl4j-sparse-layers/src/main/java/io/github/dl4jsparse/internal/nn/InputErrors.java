package io.github.dl4jsparse.internal.nn;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Errors for arrays of a wrong shape: rule, shape, remedy, layer. */
public final class InputErrors {
    private static final String STAGE = "UnsupervisedStage.of(net, layer).input(features).getFeatures()";

    private InputErrors() {}

    /**
     * The error of an input.
     *
     * @param rule   what the input must be
     * @param rank   of such an input
     * @param input  the array; null for none
     * @param remedy what to do if the layer is at its position in the network
     * @param index  of the layer in its network, as DL4J counts it; in a graph the inputs count too
     * @param layer  its name, index and type, in DL4J's form
     */
    public static DL4JInvalidInputException input(
            String rule, int rank, INDArray input, String remedy, int index, String layer) {
        String above = index > 0
                ? "a layer above another takes the output of the layer below it, not the network's input, so give "
                        + STAGE + "; otherwise "
                : "";
        String row = input != null && input.rank() == rank - 1
                ? "for one example give input.reshape(1, " + sizes(input) + "); otherwise "
                : "";
        return new DL4JInvalidInputException(
                "input must be " + rule + ", got " + shape(input) + "; " + row + above + remedy + " " + layer);
    }

    /**
     * The error of a code that is to be decoded.
     *
     * @param rule  what the code must be
     * @param code  the array; null for none
     * @param layer its name, index and type, in DL4J's form
     */
    public static DL4JInvalidInputException code(String rule, INDArray code, String layer) {
        return new DL4JInvalidInputException(
                "code must be " + rule + ", got " + shape(code) + "; give what encode returns for a batch " + layer);
    }

    private static String sizes(INDArray array) {
        return Arrays.stream(array.shape()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String shape(INDArray array) {
        return array == null ? "null" : Arrays.toString(array.shape());
    }
}
