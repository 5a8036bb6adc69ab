package org.uatwin.plcadapters.s7;

import java.util.Locale;

/** Memory of a CPU. */
enum S7Area {
    DB("DB"),
    MARKER("M"),
    INPUT("I"),
    OUTPUT("Q");

    private final String letter;

    S7Area(String letter) {
        this.letter = letter;
    }

    /** International mnemonic. */
    String letter() {
        return letter;
    }

    /** By the letter of either mnemonic: E and A are German. */
    static S7Area of(String letter) {
        return switch (letter.toUpperCase(Locale.ROOT)) {
            case "M" -> MARKER;
            case "I", "E" -> INPUT;
            case "Q", "A" -> OUTPUT;
            default -> throw new IllegalArgumentException(letter);
        };
    }
}
