package io.github.dl4jsparse.serve;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every unit is connected to the whole input. Shapes: images {@code [batch, nIn]}, codes {@code [batch, units]}. */
record OnnxDenseWiring(OnnxGraph graph, long units) implements OnnxWiring {
    @Override
    public OnnxValue images(OnnxValue input) {
        return input.requireRank("an encoder of rows", 2);
    }

    @Override
    public OnnxValue output(OnnxValue code) {
        return code;
    }

    @Override
    public OnnxMap map(INDArray filters) {
        OnnxValue rows = graph.constant(filters);
        return new OnnxMap() {
            @Override
            public OnnxValue toCode(OnnxValue images) {
                return graph.node("Gemm", images, rows).with("transB", 1).to(images.size(0), rows.size(0));
            }

            @Override
            public OnnxValue toImage(OnnxValue code) {
                return code.product(rows);
            }
        };
    }

    @Override
    public UnaryOperator<OnnxValue> recurrent(INDArray weights) {
        return map(weights)::toCode;
    }

    @Override
    public OnnxValue perUnit(double... values) {
        return graph.constant(values, values.length);
    }

    @Override
    public OnnxValue pixelWeights() {
        return null;
    }

    @Override
    public OnnxValue rows(OnnxValue code, long together) {
        return code;
    }

    @Override
    public OnnxValue code(OnnxValue rows) {
        return rows;
    }
}
