package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The steps of lateral inhibition in ONNX's operators; without steps the output is the input. */
final class OnnxInhibition {
    private OnnxInhibition() {}

    static OnnxValue convert(LateralInhibitionLayer layer, Map<String, INDArray> params, OnnxValue a) {
        if (layer.getSteps() == 0) {
            return a;
        }
        boolean last = a.rank() == 2
                || a.rank() == 3 && layer.getSequenceFormat() == RNNFormat.NWC
                || a.rank() == 4 && layer.getDataFormat() == CNN2DFormat.NHWC;
        OnnxValue inhibited = steps(layer, params, last ? a : OnnxAxes.channelsLast(a));
        return last ? inhibited : OnnxAxes.channelsFirst(inhibited);
    }

    private static OnnxValue steps(LateralInhibitionLayer layer, Map<String, INDArray> params, OnnxValue a) {
        OnnxGraph graph = a.graph();
        InhibitionMatrix inhibition = inhibition(layer, params);
        double scale = 2 * layer.getPenaltyWeight();
        double rho = scale * inhibition.spectralBound();
        double[] product = Arrays.stream(inhibition.toArray())
                .flatMapToDouble(Arrays::stream)
                .map(s -> scale * s)
                .toArray();
        OnnxValue matrix = graph.constant(product, inhibition.units(), inhibition.units());
        OnnxValue first = a.each("Abs");
        OnnxValue m = first;
        for (int step = 0; step < layer.getSteps(); step++) {
            m = first.plus(m.times(rho))
                    .minus(m.product(matrix))
                    .times(1 / (1 + rho))
                    .relu();
        }
        return a.each("Sign").times(m);
    }

    /** The fixed or the learned matrix. */
    private static InhibitionMatrix inhibition(LateralInhibitionLayer layer, Map<String, INDArray> params) {
        return layer.getLearned() == null
                ? layer.getInhibition()
                : LearnedInhibition.matrix(params.get(LateralInhibitionLayer.INHIBITION));
    }
}
