package org.uatwin.simulation.asset.building;

import java.util.Optional;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Setup;

/** The envelope of one building: what it conducts, and what it takes up from the sun and loses to the sky. Owned by one thread. */
final class Surfaces {
    private static final double STEFAN_BOLTZMANN = 5.670374e-8; // W/(m2 K4), CODATA
    private static final double DIFFUSE_ANGLE_COSINE =
            0.5; // of 60 degrees, the effective angle of diffuse light on glass

    private enum Kind {
        WINDOW,
        OPAQUE,
        GROUND
    }

    private final int n;
    private final Kind[] kind;
    private final double[] area;
    private final double[] u;
    private final double[] tilt;
    private final double[] azimuth;
    private final double[] gain;
    private final double[] emissivity;
    private final double[] overhang;
    private final double[] gap;
    private final double[] height;
    private final double b0;
    private final double film;
    private final double albedo;
    private final Sun sun;
    /** Irradiation so far, Wh/m2. */
    final double[] incident;

    private double windows;

    Surfaces(Setup s) {
        Optional<DataTable> table = s.optionalTable("surfaces");
        n = table.map(DataTable::rows).orElse(0);
        kind = new Kind[n];
        for (int i = 0; i < n; i++) {
            String text = table.orElseThrow().text(i, "kind");
            kind[i] = switch (text) {
                case "window" -> Kind.WINDOW;
                case "opaque" -> Kind.OPAQUE;
                case "ground" -> Kind.GROUND;
                default ->
                    throw table.orElseThrow()
                            .problem(
                                    i,
                                    "kind",
                                    "there is no kind \"%s\"".formatted(text),
                                    "write window, opaque or ground.");
            };
        }
        area = column(table, "area_m2");
        u = column(table, "u_W_m2K");
        tilt = radians(column(table, "tilt_deg"));
        azimuth = radians(column(table, "azimuth_deg"));
        double[] shgc = column(table, "shgc");
        gain = column(table, "absorptance");
        for (int i = 0; i < n; i++) {
            gain[i] = kind[i] == Kind.WINDOW ? shgc[i] : gain[i];
        }
        emissivity = column(table, "emissivity");
        overhang = column(table, "overhang_m");
        gap = column(table, "overhang_gap_m");
        height = column(table, "height_m");
        b0 = s.parameter("IncidenceModifier");
        film = s.parameter("OuterFilm");
        albedo = s.parameter("Albedo");
        sun = new Sun(s.parameter("Latitude"), s.parameter("Longitude"), s.parameter("TimeZone"));
        incident = new double[n];
    }

    private static double[] column(Optional<DataTable> table, String name) {
        return table.map(t -> t.column(name)).orElse(new double[0]);
    }

    private static double[] radians(double[] degrees) {
        for (int i = 0; i < degrees.length; i++) {
            degrees[i] = StrictMath.toRadians(degrees[i]);
        }
        return degrees;
    }

    /** Conductance of all surfaces of windows, or of all others, W/K. */
    double conductance(boolean ofWindows) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (kind[i] == Kind.WINDOW) == ofWindows ? area[i] * u[i] : 0;
        }
        return sum;
    }

    /** Conductance towards the ground, W/K. */
    double groundConductance() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += kind[i] == Kind.GROUND ? area[i] * u[i] : 0;
        }
        return sum;
    }

    /**
     * Gains of one hour, W: through windows and, by their outer film, opaque surfaces.
     *
     * @param hourOfYear middle of the hour.
     * @param outdoor Cel.
     * @param skyIr long-wave from the sky, W/m2; NaN leaves the sky at outdoor temperature.
     */
    double gains(double hourOfYear, double global, double direct, double diffuse, double outdoor, double skyIr) {
        sun.at(hourOfYear);
        windows = 0;
        double opaque = 0;
        double kelvin = outdoor + 273.15;
        double skyDeficit = Double.isNaN(skyIr)
                ? 0
                : STEFAN_BOLTZMANN * kelvin * kelvin * kelvin * kelvin - skyIr; // W/m2 a black horizontal plane loses
        for (int i = 0; i < n; i++) {
            if (kind[i] == Kind.GROUND) {
                continue;
            }
            double beam = sun.beam(direct, tilt[i], azimuth[i]);
            double rest = sun.diffuse(global, direct, diffuse, albedo, tilt[i], azimuth[i]);
            incident[i] = beam + rest;
            if (kind[i] == Kind.WINDOW) {
                double lit = 1 - sun.shaded(overhang[i], gap[i], height[i], azimuth[i]);
                double c = sun.cosIncidence(tilt[i], azimuth[i]);
                windows += gain[i] * area[i] * (beam * lit * modifier(c) + rest * modifier(DIFFUSE_ANGLE_COSINE));
            } else {
                double view = 0.5 * (1 + StrictMath.cos(tilt[i]));
                opaque += film * u[i] * area[i] * (gain[i] * (beam + rest) - emissivity[i] * view * skyDeficit);
            }
        }
        return windows + opaque;
    }

    private double modifier(double cosine) {
        return cosine <= 0.05 ? 0 : Math.max(0, 1 - b0 * (1 / cosine - 1));
    }
}
