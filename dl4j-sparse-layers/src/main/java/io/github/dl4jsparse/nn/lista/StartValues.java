package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Rows;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** First values of weights, shared or one set per step. */
final class StartValues {
    private StartValues() {}

    /**
     * Assigns the encoder of every step.
     *
     * @param filters as columns: {@code [atomSize, ownUnits]}. Not modified.
     */
    static void encoder(ListaConf conf, Map<String, INDArray> params, INDArray filters) {
        eachStep(params.get(ListaConf.ENCODER), conf.isEncoderTransposed() ? filters : filters.transpose());
    }

    /** Assigns the same matrix to every block of rows. */
    static void eachStep(INDArray stack, INDArray value) {
        for (long k = 0; k < stack.size(0) / value.size(0); k++) {
            Rows.block(stack, k, value.size(0)).assign(value);
        }
    }
}
