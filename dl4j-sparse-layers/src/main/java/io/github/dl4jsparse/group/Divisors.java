package io.github.dl4jsparse.group;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Valid numbers near one that does not divide another, for error messages. */
final class Divisors {
    private Divisors() {}

    /** The nearest divisors of {@code total} below and above {@code wrong}. */
    static String near(int total, int wrong) {
        return alternatives("nearest", wrong, total, candidate -> total % candidate == 0);
    }

    /** The nearest multiples of {@code factor} below and above {@code wrong}, and no less than {@code least}. */
    static String multiplesNear(int factor, int wrong, int least) {
        return alternatives(
                "nearest", wrong, wrong + factor, candidate -> candidate % factor == 0 && candidate >= least);
    }

    private static String alternatives(String word, int wrong, int most, IntPredicate fits) {
        int below = IntStream.iterate(Math.min(wrong, most), i -> i > 0, i -> i - 1)
                .filter(fits)
                .findFirst()
                .orElse(0);
        int above = IntStream.rangeClosed(wrong, most).filter(fits).findFirst().orElse(0);
        return word + " " + (below == 0 || above == 0 ? String.valueOf(below + above) : below + " or " + above);
    }
}
