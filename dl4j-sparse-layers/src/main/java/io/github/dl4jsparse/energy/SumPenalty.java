package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sum of penalties on the same code.
 * <p>\[ \sum_i \mathrm{penalty}_i(z) \]
 * It has a value and a gradient. The proximal operator of a sum is not known in general; {@link #of} gives the penalty that
 * has one where it is.
 * <p>Shapes: {@code z: [batch, nCode]}, where nCode is the number of units of all terms.
 *
 * @param terms at least one. Not modified.
 */
record SumPenalty(@JsonProperty("terms") List<Penalty> terms) implements Penalty {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if there is no term, two are made for different numbers of units, or one is learned */
    @JsonCreator
    SumPenalty {
        Args.atLeast("number of terms", Args.given("terms", terms).size(), 1);
        terms.forEach(SumPenalty::requireTerm);
        terms = List.copyOf(terms);
        long units = largest(terms);
        for (Penalty term : terms) {
            if (term.units() > 0 && term.units() != units) {
                throw Args.failure("terms", "penalties on codes of one size", units + " and " + term.units());
            }
        }
    }

    /** Refuses a learned term: a layer would not learn its parameters. */
    private static void requireTerm(Penalty term) {
        if (Args.given("term", term) instanceof LearnedPenalty) {
            throw Args.failure(
                    "term",
                    "without parameters of its own; give a layer the learned penalty alone, with the other terms inside it",
                    term.getClass().getSimpleName());
        }
    }

    private static long largest(List<Penalty> terms) {
        return terms.stream().mapToLong(Penalty::units).max().orElse(0);
    }

    /**
     * The sum of two penalties, as a single penalty with a proximal operator where there is one: two L1 penalties, or
     * an L1 penalty with disjoint groups, a tree or lateral inhibition, in either order.
     *
     * @throws IllegalArgumentException if the two are made for different numbers of units
     */
    static Penalty of(Penalty a, Penalty b) {
        SumPenalty sum = new SumPenalty(List.of(Args.given("first term", a), Args.given("second term", b)));
        if (a instanceof L1Penalty l1) {
            return sum.plusL1(l1, b);
        }
        return b instanceof L1Penalty l1 ? sum.plusL1(l1, a) : sum;
    }

    private Penalty plusL1(L1Penalty l1, Penalty other) {
        if (other instanceof L1Penalty second) {
            return merge(l1, second);
        }
        if (other instanceof GroupL2Penalty group) {
            return new SparseGroupPenalty(l1, group);
        }
        if (other instanceof SparseGroupPenalty sparse) {
            return new SparseGroupPenalty(merge(l1, sparse.l1()), sparse.group());
        }
        if (other instanceof TreePenalty tree) {
            return new SparseTreePenalty(l1, tree);
        }
        if (other instanceof SparseTreePenalty sparse) {
            return new SparseTreePenalty(merge(l1, sparse.l1()), sparse.tree());
        }
        if (other instanceof LateralInhibitionPenalty sparse) {
            return new LateralInhibitionPenalty(sparse.weight(), sparse.inhibition(), merge(l1, sparse.l1()));
        }
        return this;
    }

    private static L1Penalty merge(L1Penalty a, L1Penalty b) {
        return new L1Penalty(a.weight().plus(b.weight()), a.nonNegative() || b.nonNegative());
    }

    @Override
    public long units() {
        return largest(terms);
    }

    /** {@inheritDoc} For a sum: those of the first term that has groups. */
    @Override
    public double activeGroups(INDArray code) {
        return terms.stream()
                .mapToDouble(term -> term.activeGroups(code))
                .filter(count -> !Double.isNaN(count))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public SumPenalty restrictedTo(int[] kept) {
        return new SumPenalty(
                terms.stream().map(term -> term.restrictedTo(kept)).toList());
    }

    @Override
    public INDArray values(INDArray code) {
        INDArray sum = terms.get(0).values(code);
        for (Penalty term : terms.subList(1, terms.size())) {
            sum.addi(term.values(code));
        }
        return sum;
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        terms.forEach(term -> term.addGradient(code, scale, gradient));
    }
}
