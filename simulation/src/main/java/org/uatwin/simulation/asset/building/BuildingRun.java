package org.uatwin.simulation.asset.building;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.Stateful;

/** One building over time, in steps of at most an hour. */
final class BuildingRun implements Stateful {
    private static final double HOUR = 3600;
    private static final double NOW = 60; // s over which outputs at an instant are means
    private static final double J_PER_MWH = 3.6e9;

    private final Optional<DataTable> weather;
    private final double[] outdoorOf;
    private final double[] global;
    private final double[] direct;
    private final double[] diffuse;
    private final double[] sky;
    private final Surfaces surfaces;
    private final Zone zone;
    private final double ground;
    private final double groundShare;
    private final double volumeHeat; // W/K per air change an hour
    private final double volume;
    private final double infiltration;
    private final double recovery;
    private final double heatLimit;
    private final double coolLimit;
    private final double heatCop;
    private final double coolCop;
    private final double fan;
    private final double given;
    private final List<String> names = new ArrayList<>();
    private final double[] irradiation;
    private final double[] u = new double[Building.CARD.inputs().size()];
    private double mass;
    private double load;
    private double solar;
    private double outdoor;
    private double discomfort;
    private double heatJ;
    private double coolJ;
    private double electricJ;
    private double heatPeak;
    private double coolPeak;
    private double coldest = Double.POSITIVE_INFINITY;
    private double warmest = Double.NEGATIVE_INFINITY;
    private double airSeconds;
    private double seconds;
    private boolean isRestored;

    BuildingRun(Setup s) {
        weather = s.optionalTable("weather");
        outdoorOf = column("t_db_C");
        global = column("ghi_Wh_m2");
        direct = column("dni_Wh_m2");
        diffuse = column("dhi_Wh_m2");
        sky = column("sky_ir_Wh_m2");
        surfaces = new Surfaces(s);
        irradiation = new double[surfaces.incident.length];
        s.optionalTable("surfaces").ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                names.add(t.text(i, "surface"));
            }
        });
        double floor = s.parameter("FloorArea");
        double at = s.parameter("TotalInternalArea") > 0 ? s.parameter("TotalInternalArea") : 4.5 * floor;
        double opaque = s.parameter("OpaqueConductance") + surfaces.conductance(false);
        double windows = s.parameter("WindowConductance") + surfaces.conductance(true);
        zone = new Zone(new Zone.Envelope(
                floor,
                s.parameter("MassAreaFactor") * floor,
                at,
                opaque,
                windows,
                s.parameter("HeatCapacity") * 1000 * floor,
                s.parameter("MassCoefficient"),
                s.parameter("SurfaceCoefficient")));
        ground = s.parameter("GroundTemperature");
        groundShare = opaque > 0 ? surfaces.groundConductance() / opaque : 0;
        volume = s.parameter("Volume");
        volumeHeat = s.parameter("AirHeatCapacity") * volume / HOUR;
        infiltration = s.parameter("InfiltrationRate");
        recovery = s.parameter("HeatRecovery");
        heatLimit = s.parameter("HeatingLimit") * floor;
        coolLimit = s.parameter("CoolingLimit") * floor;
        heatCop = s.parameter("HeatingCop");
        coolCop = s.parameter("CoolingCop");
        fan = s.parameter("FanPower");
        given = s.hasStart("MassTemperature") ? s.start("MassTemperature", 0) : Double.NaN;
    }

    private double[] column(String name) {
        return weather.map(t -> t.column(name)).orElse(new double[0]);
    }

    @Override
    public List<Port> inputs() {
        return Building.CARD.inputs();
    }

    @Override
    public List<Port> outputs() {
        return Building.CARD.outputs();
    }

    @Override
    public void begin(double[] inputs) {
        System.arraycopy(inputs, 0, u, 0, u.length);
        double outside = outdoorOf.length > 0 ? outdoorOf[0] : u[0];
        mass = Double.isNaN(given) ? Math.max(u[4], Math.min(u[5], outside)) : given;
        hour(0, HOUR);
    }

    /** With a weather table the state is not all: the hour of the year counts as well. */
    @Override
    public List<StateSpec> states() {
        return weather.isPresent() ? List.of() : List.of(StateSpec.dynamic("MassTemperature", "Cel", -90, 200));
    }

    @Override
    public void state(double[] x) {
        x[0] = mass;
    }

    @Override
    public void restore(double[] x) {
        mass = x[0];
        isRestored = true;
    }

    @Override
    public void resume(double[] x) {
        mass = x[0];
        hour(0, HOUR);
    }

    /** Outputs are means of the last step; in a state that was restored they are those of this instant. */
    @Override
    public void observe(double[] inputs) {
        if (isRestored) {
            System.arraycopy(inputs, 0, u, 0, u.length);
            hour(0, NOW);
        }
    }

    @Override
    public void advance(double[] inputs, double fromSeconds, double toSeconds) {
        System.arraycopy(inputs, 0, u, 0, u.length);
        double t = fromSeconds;
        while (t < toSeconds - 1e-9) {
            double end = Math.min(toSeconds, HOUR * (Math.floor(t / HOUR + 1e-9) + 1));
            hour(t, end - t);
            count(end - t);
            mass = zone.massAfter();
            t = end;
        }
    }

    @Override
    public void continueFrom(Simulation before) {
        BuildingRun other = (BuildingRun) before;
        System.arraycopy(other.u, 0, u, 0, u.length);
        System.arraycopy(other.irradiation, 0, irradiation, 0, irradiation.length);
        System.arraycopy(other.surfaces.incident, 0, surfaces.incident, 0, irradiation.length);
        zone.stand(other.zone);
        mass = other.mass;
        load = other.load;
        solar = other.solar;
        outdoor = other.outdoor;
        discomfort = other.discomfort;
        heatJ = other.heatJ;
        coolJ = other.coolJ;
        electricJ = other.electricJ;
        heatPeak = other.heatPeak;
        coolPeak = other.coolPeak;
        coldest = other.coldest;
        warmest = other.warmest;
        airSeconds = other.airSeconds;
        seconds = other.seconds;
    }

    /** The step from {@code t}; the mass temperature stands as before. */
    private void hour(double t, double length) {
        solar = u[1];
        outdoor = u[0];
        if (outdoorOf.length > 0) {
            int row = Math.floorMod((int) Math.floor(t / HOUR + 1e-9), outdoorOf.length);
            outdoor = outdoorOf[row];
            solar += surfaces.gains(row + 0.5, global[row], direct[row], diffuse[row], outdoor, sky[row]);
        }
        double ventilation = volumeHeat * (infiltration + u[3] * (1 - recovery));
        double behind = outdoor + groundShare * (ground - outdoor);
        load = zone.conditioned(
                length,
                mass,
                outdoor,
                behind,
                ventilation,
                u[2],
                solar,
                u[4],
                Math.max(u[4], u[5]),
                heatLimit,
                coolLimit);
    }

    private double electricity() {
        return Math.max(0, load) / heatCop + Math.max(0, -load) / coolCop + fan * u[3] * volume / HOUR;
    }

    private void count(double length) {
        heatJ += Math.max(0, load) * length;
        coolJ += Math.max(0, -load) * length;
        electricJ += electricity() * length;
        heatPeak = Math.max(heatPeak, load);
        coolPeak = Math.max(coolPeak, -load);
        double air = zone.air();
        coldest = Math.min(coldest, air);
        warmest = Math.max(warmest, air);
        airSeconds += air * length;
        seconds += length;
        discomfort += Math.max(0, Math.max(u[4] - air - 1e-6, air - u[5] - 1e-6)) * length / HOUR;
        for (int i = 0; i < irradiation.length; i++) {
            irradiation[i] += surfaces.incident[i] * length / HOUR / 1000;
        }
    }

    @Override
    public void read(double[] y) {
        y[0] = zone.air();
        y[1] = zone.operative();
        y[2] = zone.massAfter();
        y[3] = zone.massMean();
        y[4] = load;
        y[5] = Math.max(0, load);
        y[6] = Math.max(0, -load);
        y[7] = electricity();
        y[8] = solar;
        y[9] = outdoor;
        y[10] = discomfort;
    }

    @Override
    public List<Figure> figures() {
        if (seconds == 0) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("HeatingEnergy", "MWh", heatJ / J_PER_MWH),
                new Figure("CoolingEnergy", "MWh", coolJ / J_PER_MWH),
                new Figure("Electricity", "MWh", electricJ / J_PER_MWH),
                new Figure("HeatingPeak", "kW", heatPeak / 1000),
                new Figure("CoolingPeak", "kW", coolPeak / 1000),
                new Figure("LowestAirTemperature", "Cel", coldest),
                new Figure("HighestAirTemperature", "Cel", warmest),
                new Figure("MeanAirTemperature", "Cel", airSeconds / seconds),
                new Figure("Discomfort", "K.h", discomfort)));
        for (int i = 0; i < irradiation.length; i++) {
            if (irradiation[i] > 0) {
                figures.add(new Figure("Irradiation " + names.get(i), "kWh/m2", irradiation[i]));
            }
        }
        return figures;
    }
}
