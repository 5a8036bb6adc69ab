package org.uatwin.simulation.asset.building;

/**
 * Position of the sun and irradiance on tilted planes (Duffie and Beckman, Solar Engineering of Thermal Processes, chapters 1 and 2): equation of
 * time and declination by Spencer's series, sky diffuse by Hay and Davies. Azimuths from north over east, 180 = south. Owned by
 * one thread.
 */
final class Sun {
    private static final double SOLAR_CONSTANT = 1361; // W/m2, WMO
    private static final double LOWEST_SINE = 0.0175; // below 1 degree beam measurements mislead

    private final double latitude;
    private final double longitude;
    private final double timeZone;
    private double sinAltitude;
    private double cosAltitude;
    private double azimuth;
    private double extraterrestrial;

    /** A site: degrees north and east, hours east of UTC. */
    Sun(double latitudeDeg, double longitudeDeg, double timeZoneHours) {
        latitude = StrictMath.toRadians(latitudeDeg);
        longitude = longitudeDeg;
        timeZone = timeZoneHours;
    }

    /** Moves to an instant of a year of 365 days, local standard time. */
    void at(double hourOfYear) {
        double day = Math.floor(hourOfYear / 24);
        double b = 2 * Math.PI * day / 365;
        double declination = 0.006918
                - 0.399912 * StrictMath.cos(b)
                + 0.070257 * StrictMath.sin(b)
                - 0.006758 * StrictMath.cos(2 * b)
                + 0.000907 * StrictMath.sin(2 * b)
                - 0.002697 * StrictMath.cos(3 * b)
                + 0.00148 * StrictMath.sin(3 * b);
        double minutes = 229.18
                * (0.000075
                        + 0.001868 * StrictMath.cos(b)
                        - 0.032077 * StrictMath.sin(b)
                        - 0.014615 * StrictMath.cos(2 * b)
                        - 0.04089 * StrictMath.sin(2 * b));
        double solarHour = hourOfYear - 24 * day + minutes / 60 + longitude / 15 - timeZone;
        double angle = Math.PI / 12 * (solarHour - 12);
        sinAltitude = StrictMath.sin(latitude) * StrictMath.sin(declination)
                + StrictMath.cos(latitude) * StrictMath.cos(declination) * StrictMath.cos(angle);
        cosAltitude = Math.sqrt(Math.max(0, 1 - sinAltitude * sinAltitude));
        double south = StrictMath.cos(angle) * StrictMath.cos(declination) * StrictMath.sin(latitude)
                - StrictMath.sin(declination) * StrictMath.cos(latitude);
        double west = StrictMath.sin(angle) * StrictMath.cos(declination);
        azimuth = Math.PI + StrictMath.atan2(west, south);
        extraterrestrial = SOLAR_CONSTANT * (1 + 0.033 * StrictMath.cos(b));
    }

    boolean isUp() {
        return sinAltitude > LOWEST_SINE;
    }

    /** Cosine of the angle between sun and the plane's normal. */
    double cosIncidence(double tilt, double planeAzimuth) {
        return sinAltitude * StrictMath.cos(tilt)
                + cosAltitude * StrictMath.sin(tilt) * StrictMath.cos(azimuth - planeAzimuth);
    }

    /** Beam on the plane, W/m2. */
    double beam(double direct, double tilt, double planeAzimuth) {
        return isUp() ? direct * Math.max(0, cosIncidence(tilt, planeAzimuth)) : 0;
    }

    /** Sky diffuse and ground reflection on the plane, W/m2. */
    double diffuse(double global, double direct, double diffuse, double albedo, double tilt, double planeAzimuth) {
        double view = 0.5 * (1 + StrictMath.cos(tilt));
        double circumsolar = isUp() ? Math.min(1, direct / extraterrestrial) : 0;
        double rb = isUp() ? Math.max(0, cosIncidence(tilt, planeAzimuth)) / Math.max(0.087, sinAltitude) : 0;
        return diffuse * (circumsolar * rb + (1 - circumsolar) * view)
                + global * albedo * 0.5 * (1 - StrictMath.cos(tilt));
    }

    /** Share of a window an overhang shades from the beam; the overhang begins {@code gap} above the window. */
    double shaded(double depth, double gap, double height, double planeAzimuth) {
        double across = cosAltitude * StrictMath.cos(azimuth - planeAzimuth);
        if (!isUp() || depth <= 0 || across <= 1e-6) {
            return 0;
        }
        double drop = depth * sinAltitude / across;
        return Math.max(0, Math.min(1, (drop - gap) / height));
    }
}
