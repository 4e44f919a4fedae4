package io.github.dl4jsparse.examples.run;

/**
 * The two-sided sign test of pairs: whether one of two methods is right where the other is wrong more often than a fair coin explains.
 * <p>\[ p = \min \Bigl( 1, \, 2^{1-n} \sum_{k \ge m} \binom nk \Bigr), \qquad n = a + b, \quad m = \max(a, b) \]
 */
public final class SignTest {
    private SignTest() {}

    /**
     * The p-value.
     *
     * @param first  pairs that speak for the first method
     * @param second pairs that speak for the second; pairs in which the methods are equal do not count
     * @return 1 where there are no pairs
     */
    public static double p(int first, int second) {
        int n = first + second;
        // ln of the binomial coefficient, times 2^-n
        double term = -n * Math.log(2);
        double tail = 0;
        for (int k = 0; k <= n; k++) {
            if (k >= Math.max(first, second)) {
                tail += Math.exp(term);
            }
            term += Math.log(n - k) - Math.log(k + 1);
        }
        return Math.min(1, 2 * tail);
    }
}
