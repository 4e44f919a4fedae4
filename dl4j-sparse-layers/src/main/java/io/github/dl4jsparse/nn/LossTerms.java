package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms of a loss by their names, in a fixed order, each in the units of the squared error: sums over a batch, or means per
 * example.
 * <p>\[ E = \sum_n t_n \]
 * where t are the values. Which terms are present depends on the configuration alone: a term that is configured is
 * present even where its value is 0. Code that shows a loss iterates over {@link #terms()}.
 * <p>Sums run in the order of the terms: the same terms give the same total to the bit.
 * <p>Errors: {@link IllegalArgumentException} for a name that is missing or duplicated.
 *
 * @param terms in order, no name twice; an unmodifiable copy
 */
public record LossTerms(List<Term> terms) {
    /** {@code 1/2 |x - D z|^2}. */
    public static final String RECONSTRUCTION = "reconstruction";

    /** The penalty on the code. */
    public static final String PENALTY = "penalty";

    /** {@code alpha/2 |z - F(x)|^2} where an encoder is trained to predict codes. */
    public static final String PREDICTION = "prediction";

    /** The pre-training loss of a layer of DL4J's own, which is not divided into terms. */
    public static final String SCORE = "score";

    /** No terms: of a layer that has not yet computed any. */
    public static final LossTerms NONE = new LossTerms(List.of());

    /**
     * A term.
     *
     * @param name  in lower case, as it is shown
     * @param value finite unless training diverged
     */
    public record Term(String name, double value) {
        /** @throws IllegalArgumentException if the name is missing */
        public Term {
            Args.given("name of a loss term", name);
        }
    }

    /** @throws IllegalArgumentException if a name is duplicated */
    public LossTerms {
        terms = List.copyOf(Args.given("terms", terms));
        for (int i = 0; i < terms.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (terms.get(j).name().equals(terms.get(i).name())) {
                    throw Args.failure(
                            "names of loss terms",
                            "different",
                            "\"" + terms.get(i).name() + "\" twice");
                }
            }
        }
    }

    /** One term. */
    public static LossTerms of(String name, double value) {
        return new LossTerms(List.of(new Term(name, value)));
    }

    /** The terms of an auto-encoder. */
    public static LossTerms of(double reconstruction, double penalty) {
        return of(RECONSTRUCTION, reconstruction).with(PENALTY, penalty);
    }

    /**
     * These terms and one more at the end.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public LossTerms with(String name, double value) {
        List<Term> more = new ArrayList<>(terms);
        more.add(new Term(name, value));
        return new LossTerms(more);
    }

    /** These terms without that of a name, if there is one. */
    public LossTerms without(String name) {
        return new LossTerms(
                terms.stream().filter(term -> !term.name().equals(name)).toList());
    }

    /** The names in order. */
    public List<String> names() {
        return terms.stream().map(Term::name).toList();
    }

    /** Whether there is a term of that name. */
    public boolean has(String name) {
        return names().contains(name);
    }

    /** The value of a term; 0 where there is none of that name. */
    public double value(String name) {
        for (Term term : terms) {
            if (term.name().equals(name)) {
                return term.value();
            }
        }
        return 0;
    }

    /** The value of {@link #RECONSTRUCTION}. */
    public double reconstruction() {
        return value(RECONSTRUCTION);
    }

    /** The value of {@link #PENALTY}. */
    public double penalty() {
        return value(PENALTY);
    }

    /** The energy: the sum of the terms. */
    public double total() {
        double sum = 0;
        for (Term term : terms) {
            sum += term.value();
        }
        return sum;
    }

    /** The sum with other terms, each with that of its name; terms that only the other has come last. */
    public LossTerms plus(LossTerms other) {
        Map<String, Double> sums = new LinkedHashMap<>();
        terms.forEach(term -> sums.put(term.name(), term.value()));
        other.terms.forEach(term -> sums.merge(term.name(), term.value(), Double::sum));
        return new LossTerms(sums.entrySet().stream()
                .map(sum -> new Term(sum.getKey(), sum.getValue()))
                .toList());
    }

    /** Every term times a factor. */
    public LossTerms times(double factor) {
        return new LossTerms(terms.stream()
                .map(term -> new Term(term.name(), factor * term.value()))
                .toList());
    }
}
