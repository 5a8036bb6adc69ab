package org.uatwin.informationmodel.expression;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.unit.Unit;

/**
 * Powers of the base units (kg, m, s, A, K, mol, cd) of the quantities in the table of units; SI Brochure, 9th edition,
 * tables 2 to 6. Angles, counts and ratios are plain numbers. Torque and energy, real and apparent power share theirs.
 */
final class Dimension {
    private static final int BASES = 7;
    private static final String[] SYMBOLS = {"kg", "m", "s", "A", "K", "mol", "cd"};
    private static final double SAME = 1e-9;

    /** Of a plain number. */
    static final Dimension NONE = new Dimension(new double[BASES]);

    /** By the name of the dimension in the table; names that are missing (dB, pH, bits) cannot be calculated with. */
    private static final Map<String, Dimension> BY_NAME = Map.ofEntries(
            entry("angle"),
            entry("count"),
            entry("dimension"),
            entry("ratio"),
            entry("mass", 1),
            entry("length", 0, 1),
            entry("time", 0, 0, 1),
            entry("current", 0, 0, 0, 1),
            entry("temperature", 0, 0, 0, 0, 1),
            entry("amount of substance", 0, 0, 0, 0, 0, 1),
            entry("luminous intensity", 0, 0, 0, 0, 0, 0, 1),
            entry("luminous flux", 0, 0, 0, 0, 0, 0, 1),
            entry("illuminance", 0, -2, 0, 0, 0, 0, 1),
            entry("luminance", 0, -2, 0, 0, 0, 0, 1),
            entry("area", 0, 2),
            entry("volume", 0, 3),
            entry("speed", 0, 1, -1),
            entry("acceleration", 0, 1, -2),
            entry("frequency", 0, 0, -1),
            entry("rotational speed", 0, 0, -1),
            entry("angular velocity", 0, 0, -1),
            entry("angular acceleration", 0, 0, -2),
            entry("volume flow", 0, 3, -1),
            entry("mass flow", 1, 0, -1),
            entry("density", 1, -3),
            entry("area density", 1, -2),
            entry("linear density", 1, -1),
            entry("moment of inertia", 1, 2),
            entry("force", 1, 1, -2),
            entry("stiffness", 1, 0, -2),
            entry("torque", 1, 2, -2),
            entry("pressure", 1, -1, -2),
            entry("dynamic viscosity", 1, -1, -1),
            entry("kinematic viscosity", 0, 2, -1),
            entry("energy", 1, 2, -2),
            entry("reactive energy", 1, 2, -2),
            entry("power", 1, 2, -3),
            entry("apparent power", 1, 2, -3),
            entry("reactive power", 1, 2, -3),
            entry("energy density", 1, -1, -2),
            entry("specific energy", 0, 2, -2),
            entry("specific heat capacity", 0, 2, -2, 0, -1),
            entry("irradiance", 1, 0, -3),
            entry("thermal conductivity", 1, 1, -3, 0, -1),
            entry("thermal conductance", 1, 2, -3, 0, -1),
            entry("heat transfer coefficient", 1, 0, -3, 0, -1),
            entry("charge", 0, 0, 1, 1),
            entry("voltage", 1, 2, -3, -1),
            entry("resistance", 1, 2, -3, -2),
            entry("conductance", -1, -2, 3, 2),
            entry("conductivity", -1, -3, 3, 2),
            entry("capacitance", -1, -2, 4, 2),
            entry("inductance", 1, 2, -2, -2),
            entry("magnetic flux", 1, 2, -2, -1),
            entry("magnetic flux density", 1, 0, -2, -1),
            entry("molar concentration", 0, -3, 0, 0, 0, 1));

    private final double[] powers;

    private Dimension(double[] powers) {
        this.powers = powers;
    }

    private static Map.Entry<String, Dimension> entry(String name, int... powers) {
        double[] all = new double[BASES];
        for (int i = 0; i < powers.length; i++) {
            all[i] = powers[i];
        }
        return Map.entry(name, new Dimension(all));
    }

    /** Of a unit; null if it cannot be calculated with. */
    static @Nullable Dimension of(Unit unit) {
        return BY_NAME.get(unit.dimension());
    }

    static boolean isKnown(String name) {
        return BY_NAME.containsKey(name);
    }

    Dimension times(Dimension other) {
        return plus(other, 1);
    }

    Dimension dividedBy(Dimension other) {
        return plus(other, -1);
    }

    private Dimension plus(Dimension other, int sign) {
        double[] sum = new double[BASES];
        Arrays.setAll(sum, i -> powers[i] + sign * other.powers[i]);
        return new Dimension(sum);
    }

    Dimension toThe(double power) {
        double[] product = new double[BASES];
        Arrays.setAll(product, i -> powers[i] * power);
        return new Dimension(product);
    }

    boolean isSame(Dimension other) {
        for (int i = 0; i < BASES; i++) {
            if (Math.abs(powers[i] - other.powers[i]) > SAME) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < BASES; i++) {
            if (powers[i] != 0) {
                text.append(text.isEmpty() ? "" : "·").append(SYMBOLS[i]);
                if (powers[i] != 1) {
                    text.append('^').append(powers[i] == Math.rint(powers[i]) ? "" + (long) powers[i] : "" + powers[i]);
                }
            }
        }
        return text.isEmpty() ? "a number" : text.toString();
    }
}
