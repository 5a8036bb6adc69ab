package org.uatwin.simulation.contract;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant. */
public final class NearestName {
    private NearestName() {}

    /** The nearest of the candidates by edit distance without regard to case, if it is near enough to be meant. */
    public static Optional<String> of(String wanted, Collection<String> candidates) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int d = distance(wanted.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (d < bestDistance) {
                bestDistance = d;
                best = candidate;
            }
        }
        return best != null && bestDistance <= Math.max(2, best.length() / 3) ? Optional.of(best) : Optional.empty();
    }

    /** {@code ". Did you mean "X"?"} or the list of what there is. */
    public static String hint(String wanted, Collection<String> candidates) {
        return of(wanted, candidates)
                .map(". Did you mean \"%s\"?"::formatted)
                .orElseGet(() -> "; there is " + String.join(", ", candidates));
    }

    /** Levenshtein distance, bounded to names of ordinary length. */
    private static int distance(String a, String b) {
        if (a.length() > 100 || b.length() > 100) {
            return Integer.MAX_VALUE - 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
