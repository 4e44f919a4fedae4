package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.energy.SparseTreePenalty;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.shrinkage.JumpReluShrinkage;
import io.github.dl4jsparse.shrinkage.ProximalShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.TopKShrinkage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The shrinkages of encoders in ONNX's operators, and the proximal operators of penalties. */
final class OnnxShrinkages {
    private static final Map<Class<?>, Converter<?>> SHRINKAGES = new HashMap<>();
    private static final Map<Class<?>, Prox<?>> PENALTIES = new HashMap<>();

    /** Adds a shrinkage. */
    @FunctionalInterface
    private interface Converter<T> {
        OnnxValue shrink(T shrinkage, OnnxCode code);
    }

    /** Adds a proximal operator of a step to units along the last axis. */
    @FunctionalInterface
    private interface Prox<T> {
        OnnxValue prox(T penalty, OnnxValue rows, OnnxValue step);
    }

    static {
        shrinkage(Shrinkage.SOFT.getClass(), (s, code) -> code.ofUnits(OnnxShrinkages::soft));
        shrinkage(
                Shrinkage.NON_NEGATIVE.getClass(),
                (s, code) -> code.ofUnits((v, b) -> v.minus(b).relu()));
        shrinkage(JumpReluShrinkage.class, (s, code) -> code.ofUnits(OnnxShrinkages::jump));
        shrinkage(GroupShrinkage.class, (s, code) -> code.ofRows((v, b) -> OnnxGroups.shrunk(v, s.groups(), b)));
        shrinkage(TopKShrinkage.class, (s, code) -> code.ofRows((v, b) -> OnnxTopK.largest(v, s.k(), false)));
        shrinkage(ProximalShrinkage.class, (s, code) -> code.ofRows((v, b) -> prox(s.penalty(), v, b)));
        penalty(L1Penalty.class, OnnxShrinkages::l1);
        penalty(GroupL2Penalty.class, OnnxShrinkages::blocks);
        penalty(SparseGroupPenalty.class, (p, v, step) -> blocks(p.group(), l1(p.l1(), v, step), step));
        penalty(TreePenalty.class, OnnxShrinkages::tree);
        penalty(SparseTreePenalty.class, (p, v, step) -> tree(p.tree(), l1(p.l1(), v, step), step));
        penalty(TopKPenalty.class, (p, v, step) -> OnnxTopK.largest(v, p.k(), p.nonNegative()));
    }

    private OnnxShrinkages() {}

    private static <T> void shrinkage(Class<T> type, Converter<T> converter) {
        SHRINKAGES.put(type, converter);
    }

    private static <T> void penalty(Class<T> type, Prox<T> prox) {
        PENALTIES.put(type, prox);
    }

    /**
     * Adds a shrinkage.
     *
     * @throws IllegalArgumentException if it is of a kind that ONNX's operators do not express
     */
    @SuppressWarnings("unchecked") // a converter is entered with its class
    static OnnxValue convert(Shrinkage shrinkage, OnnxCode code) {
        if (shrinkage instanceof OnnxShrinkage own) {
            return code.ofRows(own::toOnnx);
        }
        Converter<Object> converter = (Converter<Object>) SHRINKAGES.get(shrinkage.getClass());
        if (converter == null) {
            throw refused("shrinkage", shrinkage);
        }
        return converter.shrink(shrinkage, code);
    }

    @SuppressWarnings("unchecked") // an operator is entered with its class
    private static OnnxValue prox(Proximal penalty, OnnxValue v, OnnxValue step) {
        if (penalty instanceof OnnxShrinkage own) {
            return own.toOnnx(v, step);
        }
        Prox<Object> prox = (Prox<Object>) PENALTIES.get(penalty.getClass());
        if (prox == null) {
            throw refused("penalty of the shrinkage", penalty);
        }
        return prox.prox(penalty, v, step);
    }

    private static IllegalArgumentException refused(String name, Object thing) {
        return Args.failure(
                name,
                "one in closed form, which ONNX's operators express: soft, non-negative, JumpReLU, top-k, disjoint groups, sparse"
                        + " groups, trees; or implement OnnxShrinkage",
                thing.getClass().getSimpleName());
    }

    /** {@code v} without its part within the threshold, which is zero to the bit where all is. */
    private static OnnxValue soft(OnnxValue v, OnnxValue threshold) {
        return v.minus(threshold)
                .relu()
                .minus(threshold
                        .graph()
                        .node("Neg", v.plus(threshold))
                        .to(v.shape())
                        .relu());
    }

    private static OnnxValue jump(OnnxValue v, OnnxValue threshold) {
        // written so that NaN is kept
        return v.graph().number(0).where(v.with("LessOrEqual", threshold), v);
    }

    private static OnnxValue l1(L1Penalty penalty, OnnxValue v, OnnxValue step) {
        OnnxValue threshold =
                scaled(step, (int) v.size(-1), unit -> penalty.weight().of(unit));
        return penalty.nonNegative() ? v.minus(threshold).relu() : soft(v, threshold);
    }

    private static OnnxValue blocks(GroupL2Penalty penalty, OnnxValue v, OnnxValue step) {
        return OnnxGroups.shrunk(
                v, penalty.groups(), scaled(step, penalty.groups().count(), penalty::threshold));
    }

    private static OnnxValue tree(TreePenalty penalty, OnnxValue v, OnnxValue step) {
        return OnnxGroups.shrunk(
                v,
                penalty.tree(),
                (nodes) -> scaled(step, nodes.length, i -> penalty.weight().of(nodes[i])));
    }

    /** Values of units or groups times the step of a proximal operator. */
    private static OnnxValue scaled(OnnxValue step, int count, IntToDoubleFunction of) {
        double[] values = new double[count];
        Arrays.setAll(values, of);
        return step.times(step.graph().constant(values, count));
    }
}
