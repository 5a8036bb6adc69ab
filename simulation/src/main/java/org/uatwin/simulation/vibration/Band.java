package org.uatwin.simulation.vibration;

import java.util.ArrayList;
import java.util.List;

/** A range of frequencies. */
record Band(double lowHz, double highHz) {
    private static final int DEEPEST = 4;

    Band {
        if (!(lowHz >= 0 && highHz > lowHz)) {
            throw new IllegalArgumentException("a band from %s to %s Hz".formatted(lowHz, highHz));
        }
    }

    double width() {
        return highHz - lowHz;
    }

    /**
     * The bands of the fast kurtogram (Antoni, Mech. Syst. Signal Process. 21 (2007) 108): the whole, halves, thirds, quarters ... 24ths, those
     * that are at least so wide.
     */
    static List<Band> tree(double rateHz, double narrowestHz) {
        List<Band> bands = new ArrayList<>();
        for (int level = 0; level <= DEEPEST; level++) {
            add(bands, rateHz / 2, 1 << level, narrowestHz);
            if (level > 0) {
                add(bands, rateHz / 2, 3 << (level - 1), narrowestHz);
            }
        }
        return bands;
    }

    private static void add(List<Band> bands, double nyquistHz, int parts, double narrowestHz) {
        double width = nyquistHz / parts;
        for (int i = 0; i < parts && width >= narrowestHz; i++) {
            bands.add(new Band(i * width, (i + 1) * width));
        }
    }
}
