package org.uatwin.simulation.vibration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Kinds of machines whose vibration is judged alike: r.m.s. of the velocity at the bearing housings, 10 Hz to 1 kHz, in mm/s. The
 * first four are those of ISO 10816-1:1995, annex B; the others those of ISO 20816-3:2022 (before: ISO 10816-3:2009), tables A.1 and
 * A.2, machines above 15 kW at 120 to 30 000 r/min.
 */
public enum MachineClass {
    CLASS_I("small machines, motors up to 15 kW", 0.71, 1.8, 4.5),
    CLASS_II("medium machines, 15 to 75 kW, up to 300 kW on their own foundation", 1.12, 2.8, 7.1),
    CLASS_III("large machines on a rigid, heavy foundation", 1.8, 4.5, 11.2),
    CLASS_IV("large machines on a soft foundation, such as turbo sets", 2.8, 7.1, 18),
    GROUP_1_RIGID("above 300 kW, or motors of 315 mm shaft height and more; rigid support", 2.3, 4.5, 7.1),
    GROUP_1_FLEXIBLE("above 300 kW, or motors of 315 mm shaft height and more; flexible support", 3.5, 7.1, 11),
    GROUP_2_RIGID("15 to 300 kW, or motors of 160 to 315 mm shaft height; rigid support", 1.4, 2.8, 4.5),
    GROUP_2_FLEXIBLE("15 to 300 kW, or motors of 160 to 315 mm shaft height; flexible support", 2.3, 4.5, 7.1);

    private final String words;
    private final double zoneB;
    private final double zoneC;
    private final double zoneD;

    MachineClass(String words, double zoneB, double zoneC, double zoneD) {
        this.words = words;
        this.zoneB = zoneB;
        this.zoneC = zoneC;
        this.zoneD = zoneD;
    }

    public String words() {
        return words;
    }

    /** Where zone B begins, mm/s. */
    public double zoneB() {
        return zoneB;
    }

    /** Where zone C begins, mm/s. */
    public double zoneC() {
        return zoneC;
    }

    /** Where zone D begins, mm/s. */
    public double zoneD() {
        return zoneD;
    }

    /** By a name such as {@code class-ii} or {@code group-2-flexible}. */
    public static Optional<MachineClass> named(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
    }

    /** As {@link #named} reads it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
