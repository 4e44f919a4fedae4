package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** DL4J's activation functions in ONNX's operators. */
final class OnnxActivations {
    private static final OnnxTable TABLE = new OnnxTable()
            .add(ActivationIdentity.class, (a, p, x) -> x)
            .add(ActivationReLU.class, (a, p, x) -> rectified(a, x))
            .add(ActivationReLU6.class, (a, p, x) -> clipped(x, 0, 6))
            .add(ActivationLReLU.class, (a, p, x) -> leaky(x, a.getAlpha()))
            .add(ActivationThresholdedReLU.class, (a, p, x) -> x.graph()
                    .node("ThresholdedRelu", x)
                    .with("alpha", (float) a.getTheta())
                    .to(x.shape()))
            .add(ActivationELU.class, (a, p, x) -> x.graph()
                    .node("Elu", x)
                    .with("alpha", (float) a.getAlpha())
                    .to(x.shape()))
            .add(ActivationSELU.class, (a, p, x) -> x.each("Selu"))
            .add(ActivationSigmoid.class, (a, p, x) -> x.each("Sigmoid"))
            .add(ActivationTanH.class, (a, p, x) -> x.each("Tanh"))
            .add(ActivationRectifiedTanh.class, (a, p, x) -> x.each("Tanh").relu())
            .add(ActivationHardTanH.class, (a, p, x) -> clipped(x, -1, 1))
            .add(ActivationHardSigmoid.class, (a, p, x) -> x.each("HardSigmoid"))
            .add(ActivationRationalTanh.class, (a, p, x) -> rationalTanh(x))
            .add(ActivationSoftPlus.class, (a, p, x) -> x.each("Softplus"))
            .add(ActivationSoftSign.class, (a, p, x) -> x.each("Softsign"))
            .add(ActivationCube.class, (a, p, x) -> x.times(x).times(x))
            .add(ActivationSwish.class, (a, p, x) -> x.times(x.each("Sigmoid")))
            .add(ActivationGELU.class, OnnxActivations::gelu)
            .add(ActivationMish.class, (a, p, x) -> x.times(x.each("Softplus").each("Tanh")))
            .add(ActivationSoftmax.class, (a, p, x) -> softmax(x));

    private OnnxActivations() {}

    /** Adds an activation function. */
    static OnnxValue convert(IActivation activation, OnnxValue x) {
        if (!TABLE.has(activation)) {
            throw Args.failure(
                    "activation",
                    "one of those that ONNX's operators express, such as relu, leakyrelu, elu, sigmoid, tanh, softmax",
                    activation);
        }
        return TABLE.convert(activation, Map.of(), x);
    }

    private static OnnxValue clipped(OnnxValue x, double low, double high) {
        OnnxGraph graph = x.graph();
        return graph.node("Clip", x, graph.number(low), graph.number(high)).to(x.shape());
    }

    private static OnnxValue leaky(OnnxValue x, double slope) {
        return x.graph().node("LeakyRelu", x).with("alpha", (float) slope).to(x.shape());
    }

    private static OnnxValue rectified(ActivationReLU a, OnnxValue x) {
        double threshold = a.getThreshold() == null ? 0 : a.getThreshold();
        double slope = a.getNegativeSlope() == null ? 0 : a.getNegativeSlope();
        if (threshold != 0 || slope != 0 || a.getMax() != null) {
            throw Args.failure("relu", "without maximum, threshold and negative slope (or take relu6 or leakyrelu)", a);
        }
        return x.relu();
    }

    private static OnnxValue gelu(ActivationGELU a, Map<String, ?> none, OnnxValue x) {
        if (a.isPrecise()) {
            // ND4J 1.0.0-M2.1 also cubes the factor, and networks were trained with that
            OnnxValue small = x.times(0.044715);
            OnnxValue cubic = x.plus(small.times(small).times(small)).times(Math.sqrt(2 / Math.PI));
            return x.times(cubic.each("Tanh").plus(x.graph().number(1))).times(0.5);
        }
        return x.times(x.times(1.702).each("Sigmoid"));
    }

    /** {@code 1.7159 sign(y) (1 - 1 / (1 + |y| + y^2 + 1.41645 y^4))} with y = 2 x / 3. */
    private static OnnxValue rationalTanh(OnnxValue x) {
        OnnxValue one = x.graph().number(1);
        OnnxValue y = x.times(2.0 / 3);
        OnnxValue square = y.times(y);
        OnnxValue sum =
                one.plus(y.each("Abs")).plus(square).plus(square.times(square).times(1.41645));
        return y.each("Sign").times(one.minus(one.over(sum))).times(1.7159);
    }

    private static OnnxValue softmax(OnnxValue x) {
        return x.requireRank("softmax", 2)
                .graph()
                .node("Softmax", x)
                .with("axis", 1)
                .to(x.shape());
    }
}
