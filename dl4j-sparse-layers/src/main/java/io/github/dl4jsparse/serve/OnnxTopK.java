package io.github.dl4jsparse.serve;

/** The largest units of a code in ONNX's operators; of equal ones those of lowest index, as in {@code TopK}. */
final class OnnxTopK {
    private OnnxTopK() {}

    /** The k units of largest magnitude, or the k largest positive ones, unchanged; zero elsewhere. */
    static OnnxValue largest(OnnxValue v, int k, boolean nonNegative) {
        OnnxValue code = nonNegative ? v.relu() : v;
        return k >= v.size(-1) ? code : code.where(isLargest(nonNegative ? code : v.each("Abs"), k), number(v, 0));
    }

    /**
     * Support selection: the largest units above their thresholds are not shrunk.
     *
     * @param code   before the shrinkage
     * @param shrunk after it, in the order of the wiring
     */
    static OnnxValue passing(OnnxCode code, OnnxValue shrunk, int passing, boolean signed) {
        return code.ofRows((v, thresholds) -> {
            OnnxValue small = code.wiring().rows(shrunk, code.together());
            OnnxValue size = signed ? v.each("Abs") : v;
            OnnxValue isAbove = size.with("Greater", thresholds);
            OnnxValue candidate = size.where(isAbove, number(v, -Float.MAX_VALUE));
            OnnxValue isLargest = passing >= v.size(-1) ? isAbove : isAbove.with("And", isLargest(candidate, passing));
            return v.where(isLargest, small);
        });
    }

    private static OnnxValue number(OnnxValue like, double value) {
        return like.graph().number(value);
    }

    /** Whether each unit is one of the k largest. */
    private static OnnxValue isLargest(OnnxValue size, int k) {
        OnnxGraph graph = size.graph();
        long[] chosen = size.shape();
        chosen[chosen.length - 1] = k;
        OnnxValue indices = graph.node("TopK", size, graph.integers(k))
                .with("axis", -1)
                .toEach(chosen, chosen)
                .get(1);
        OnnxValue ones = zeros(indices).plus(graph.number(1));
        return graph.node("ScatterElements", zeros(size), indices, ones)
                .with("axis", -1)
                .to(size.shape())
                .with("Greater", graph.number(0));
    }

    private static OnnxValue zeros(OnnxValue like) {
        OnnxValue shape = like.graph().node("Shape", like).to(like.rank());
        return like.graph().node("ConstantOfShape", shape).to(like.shape());
    }
}
