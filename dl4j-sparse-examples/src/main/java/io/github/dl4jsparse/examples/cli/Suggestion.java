package io.github.dl4jsparse.examples.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name that a misspelt one is nearest to, by the number of letters to insert, delete, replace or swap. */
final class Suggestion {
    private Suggestion() {}

    /** The nearest of the known names; empty if none is within a third of the letters. */
    static Optional<String> of(String given, List<String> known) {
        String low = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(low, name.toLowerCase(Locale.ROOT))))
                .filter(name -> distance(low, name.toLowerCase(Locale.ROOT)) <= Math.max(1, given.length() / 3));
    }

    /** Letters to insert, delete or replace, and neighbours to swap. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
