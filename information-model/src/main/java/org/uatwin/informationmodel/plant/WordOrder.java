package org.uatwin.informationmodel.plant;

import java.util.Arrays;

/**
 * Order in which the bytes of a value of several registers arrive, as a permutation: {@code index(i)} says which byte
 * on the wire holds byte {@code i} of the value, most significant byte first (contracts section 8).
 *
 * <p>{@link #of(boolean, boolean)} gives the four usual ones: words as is or reversed, bytes within a word as is or
 * swapped. For a Float32 {@code ABCD} they read ABCD, CDAB, BADC, DCBA.
 */
public final class WordOrder {
    public static final WordOrder BIG_ENDIAN = of(false, false);

    private final boolean areWordsReversed;
    private final boolean areBytesSwapped;
    private final int[] permutation; // empty: the order is given by the two flags

    private WordOrder(boolean areWordsReversed, boolean areBytesSwapped, int[] permutation) {
        this.areWordsReversed = areWordsReversed;
        this.areBytesSwapped = areBytesSwapped;
        this.permutation = permutation;
    }

    public static WordOrder of(boolean areWordsReversed, boolean areBytesSwapped) {
        return new WordOrder(areWordsReversed, areBytesSwapped, new int[0]);
    }

    /**
     * An explicit permutation written with letters, {@code A} the most significant byte: {@code CDAB} means that the
     * wire carries byte C first. 2, 4 or 8 letters, each of the first ones of the alphabet exactly once.
     *
     * @throws IllegalArgumentException if the letters are no permutation.
     */
    public static WordOrder permutation(String letters) {
        int n = letters.length();
        if (n != 2 && n != 4 && n != 8) {
            throw new IllegalArgumentException("an order has 2, 4 or 8 letters: \"" + letters + "\"");
        }
        int[] index = new int[n];
        Arrays.fill(index, -1);
        for (int wire = 0; wire < n; wire++) {
            int value = letters.charAt(wire) - 'A';
            if (value < 0 || value >= n || index[value] >= 0) {
                throw new IllegalArgumentException(
                        "\"%s\" must hold each of the letters A..%c once".formatted(letters, (char) ('A' + n - 1)));
            }
            index[value] = wire;
        }
        return new WordOrder(false, false, index);
    }

    /**
     * Position on the wire of byte {@code i} of a value.
     *
     * @param i 0 for the most significant byte.
     * @param bytes size of the value: 2, 4 or 8; equal to the permutation's length if there is one.
     */
    public int index(int i, int bytes) {
        if (permutation.length > 0) {
            return permutation[i];
        }
        int word = i >> 1;
        int inWord = i & 1;
        int wireWord = areWordsReversed ? (bytes >> 1) - 1 - word : word;
        return (wireWord << 1) | (areBytesSwapped ? 1 - inWord : inWord);
    }

    /** Whether this order can be used for a value of that many bytes. */
    public boolean fits(int bytes) {
        return permutation.length == 0 || permutation.length == bytes;
    }

    /** Letters for a value of {@code bytes} bytes, for example {@code CDAB}. */
    public String letters(int bytes) {
        char[] wire = new char[bytes];
        for (int i = 0; i < bytes; i++) {
            wire[index(i, bytes)] = (char) ('A' + i);
        }
        return new String(wire);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof WordOrder other
                && areWordsReversed == other.areWordsReversed
                && areBytesSwapped == other.areBytesSwapped
                && Arrays.equals(permutation, other.permutation);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(permutation) * 4 + (areWordsReversed ? 2 : 0) + (areBytesSwapped ? 1 : 0);
    }

    @Override
    public String toString() {
        return permutation.length > 0
                ? letters(permutation.length)
                : "words %s, bytes %s"
                        .formatted(areWordsReversed ? "reversed" : "as is", areBytesSwapped ? "swapped" : "as is");
    }
}
