package org.uatwin.informationmodel.plant;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name a mistyped one most likely means: smallest optimal string alignment distance. */
final class Nearest {
    private Nearest() {}

    /** The nearest of {@code known} if it is near enough (a third of the length, at least 2 edits); else empty. */
    static Optional<String> of(String typed, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(2, typed.length() / 3) + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - typed.length()) < bestDistance) {
                int distance = distance(typed.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
                if (distance < bestDistance && distance < candidate.length()) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code Did you mean "x"?}, or the list of what is known if nothing is near. */
    static String advice(String typed, Collection<String> known) {
        return of(typed, known)
                .map("did you mean \"%s\"?"::formatted)
                .orElseGet(() -> known.isEmpty()
                        ? "there is none to choose from; declare it first."
                        : known.size() <= 30
                                ? "use one of " + String.join(", ", known) + "."
                                : "use one of " + known.size() + " names, for example "
                                        + String.join(
                                                ", ", known.stream().limit(5).toList()) + ".");
    }

    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
