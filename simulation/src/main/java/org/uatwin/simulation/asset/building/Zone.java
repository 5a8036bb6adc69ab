package org.uatwin.simulation.asset.building;

/**
 * The simple hourly method of ISO 13790:2008, annex C: five resistances, one capacitance, Crank-Nicolson step, ideal heating and cooling
 * of the air by two free runs. Owned by one thread.
 */
final class Zone {
    private final double massArea;
    private final double totalArea;
    private final double windowW;
    private final double massW;
    private final double surfaceW;
    private final double emissionW;
    private final double capacity;
    private final double floorArea;
    private final double shareSurface;
    private double ventilationW;
    private double next;
    private double mean;
    private double surface;
    private double air;

    /**
     * Constants of one zone.
     *
     * @param floorArea m2.
     * @param massArea effective mass area Am, m2.
     * @param totalArea all surfaces that face the zone, At, m2.
     * @param opaqueW transmission of opaque parts, W/K.
     * @param windowW transmission of windows and doors, W/K.
     * @param capacity Cm, J/K.
     * @param hms mass to surface, W/(m2 K): 9.1 in the standard.
     * @param his surface to air, W/(m2 K): 3.45 in the standard.
     */
    record Envelope(
            double floorArea,
            double massArea,
            double totalArea,
            double opaqueW,
            double windowW,
            double capacity,
            double hms,
            double his) {}

    Zone(Envelope e) {
        floorArea = e.floorArea();
        massArea = e.massArea();
        totalArea = e.totalArea();
        windowW = e.windowW();
        massW = e.hms() * massArea;
        surfaceW = e.his() * totalArea;
        emissionW = e.opaqueW() > 0 ? 1 / Math.max(1e-9, 1 / e.opaqueW() - 1 / massW) : 0;
        capacity = e.capacity();
        shareSurface = 1 - massArea / totalArea - windowW / (e.hms() * totalArea);
    }

    /**
     * One step with a load on the air node.
     *
     * @param outdoor outside windows and of the supply air, Cel.
     * @param behindOpaque mean temperature behind the opaque parts, Cel.
     * @param ventilation heat capacity flow of outdoor air, W/K.
     * @param internal internal gains, W.
     * @param solar solar gains, W.
     * @param load heating of the air, W.
     */
    void free(
            double seconds,
            double massBefore,
            double outdoor,
            double behindOpaque,
            double ventilation,
            double internal,
            double solar,
            double load) {
        ventilationW = Math.max(1e-6, ventilation);
        double h1 = 1 / (1 / ventilationW + 1 / surfaceW);
        double h2 = h1 + windowW;
        double h3 = 1 / (1 / h2 + 1 / massW);
        double toAir = 0.5 * internal + load;
        double rest = 0.5 * internal + solar;
        double toMass = massArea / totalArea * rest;
        double toSurface = shareSurface * rest;
        double total = toMass
                + emissionW * behindOpaque
                + h3 * (toSurface + windowW * outdoor + h1 * (toAir / ventilationW + outdoor)) / h2;
        double c = capacity / seconds;
        next = (massBefore * (c - 0.5 * (h3 + emissionW)) + total) / (c + 0.5 * (h3 + emissionW));
        mean = 0.5 * (massBefore + next);
        surface = (massW * mean + toSurface + windowW * outdoor + h1 * (outdoor + toAir / ventilationW))
                / (massW + windowW + h1);
        air = (surfaceW * surface + ventilationW * outdoor + toAir) / (surfaceW + ventilationW);
    }

    /** Ideal load in W (heating positive) that holds the air between the setpoints, within its limits; the step stands after it. */
    double conditioned(
            double seconds,
            double massBefore,
            double outdoor,
            double behindOpaque,
            double ventilation,
            double internal,
            double solar,
            double heatAt,
            double coolAt,
            double heatLimit,
            double coolLimit) {
        free(seconds, massBefore, outdoor, behindOpaque, ventilation, internal, solar, 0);
        double free = air;
        double target = free < heatAt ? heatAt : free > coolAt ? coolAt : free;
        if (target == free) {
            return 0;
        }
        double probe = 10 * floorArea; // W, as in the standard; the zone is linear, so any will do
        free(seconds, massBefore, outdoor, behindOpaque, ventilation, internal, solar, probe);
        double load = probe * (target - free) / (air - free);
        load = Math.max(-coolLimit, Math.min(heatLimit, load));
        free(seconds, massBefore, outdoor, behindOpaque, ventilation, internal, solar, load);
        return load;
    }

    /** Stands where another zone stands. */
    void stand(Zone other) {
        ventilationW = other.ventilationW;
        next = other.next;
        mean = other.mean;
        surface = other.surface;
        air = other.air;
    }

    /** Mass temperature at the end of the step. */
    double massAfter() {
        return next;
    }

    /** Mean of the step. */
    double massMean() {
        return mean;
    }

    double air() {
        return air;
    }

    /** Operative temperature by the weights of the standard, C.12. */
    double operative() {
        return 0.3 * air + 0.7 * surface;
    }
}
