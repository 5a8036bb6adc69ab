package org.uatwin.simulation.asset.vehicle;

import java.util.List;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * An electric car along a drive cycle, interval by interval at its mean speed:
 *
 * <pre>
 * tractive = (1/2 rho Cd A v^3 + m v dv/dt),  wheel = tractive + m g crr v + wheel inertia
 * battery  = wheel / (transmission motor) + aux,  or recovered: wheel transmission motor share(v)
 * share(v) = max / (1 + 500 exp(-0.99 (v_mph + 1)))                    little is recovered near standstill (FASTSim)
 * </pre>
 */
public final class ElectricVehicle implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final String SHEET = "data sheet";
    private static final String FASTSIM = "NREL FASTSim";
    private static final ModelCard CARD = ModelCard.named(
                    "ElectricVehicle",
                    ModelCard.Kind.STEPPED,
                    "Energy of an electric car along a drive cycle, with recovery and state of charge.")
            .valid("flat or gently rising roads, 1 s cycles; mean motor efficiency, so net battery energy within 5 %")
            .parameter("DragCoefficient", "", 0.315, 0.05, 2, "Cd", SHEET)
            .alias("drag_coef")
            .parameter("FrontalArea", "m2", 2.755, 0.1, 20, "A", SHEET)
            .alias("frontal_area_m2")
            .parameter("GliderMass", "kg", 819.961, 0, 1e5, "car without the parts below", SHEET)
            .alias("glider_kg")
            .parameter("CargoMass", "kg", 136, 0, 1e5, "", "use")
            .alias("cargo_kg")
            .parameter("TransmissionMass", "kg", 114, 0, 1e4, "", SHEET)
            .alias("trans_kg")
            .parameter(
                    "ComponentFactor", "", 1.4, 1, 3, "supporting structure on transmission, motor, battery", FASTSIM)
            .alias("comp_mass_multiplier")
            .parameter("MotorPower", "kW", 80, 0.1, 5000, "", SHEET)
            .alias("mc_max_kw")
            .parameter("MotorMassPerKw", "kg/kW", 0.833, 0, 100, "", FASTSIM)
            .alias("mc_pe_kg_per_kw")
            .parameter("MotorBaseMass", "kg", 21.6, 0, 1e4, "", FASTSIM)
            .alias("mc_pe_base_kg")
            .parameter("BatteryPower", "kW", 86, 0.1, 5000, "", SHEET)
            .alias("ess_max_kw")
            .parameter("BatteryEnergy", "kW.h", 24, 0.1, 5000, "", SHEET)
            .alias("ess_max_kwh")
            .parameter("BatteryMassPerKwh", "kg/kWh", 8, 0, 100, "", FASTSIM)
            .alias("ess_kg_per_kwh")
            .parameter("BatteryBaseMass", "kg", 75, 0, 1e4, "", FASTSIM)
            .alias("ess_base_kg")
            .parameter("BatteryRoundTrip", "", 0.97, 0.5, 1, "energy out over energy in", FASTSIM)
            .alias("ess_round_trip_eff")
            .parameter("WheelInertia", "kg.m2", 0.815, 0, 100, "of each", SHEET)
            .alias("wheel_inertia_kg_m2")
            .parameter("Wheels", "", 4, 0, 100, "", SHEET)
            .alias("num_wheels")
            .parameter("RollingResistance", "", 0.008, 0, 0.1, "crr", SHEET)
            .alias("wheel_rr_coef")
            .parameter("WheelRadius", "m", 0.336, 0.05, 2, "", SHEET)
            .alias("wheel_radius_m")
            .parameter("TransmissionEfficiency", "", 0.98, 0.5, 1, "", SHEET)
            .alias("trans_eff")
            .parameter("MotorEfficiency", "", 0.92, 0.3, 1, "mean, both ways, inverter included", "typical")
            .parameter("MaxRecovery", "", 0.98, 0, 1, "share of braking at the wheel that may be recovered", FASTSIM)
            .alias("max_regen")
            .parameter("AuxiliaryPower", "kW", 0.25, 0, 50, "", SHEET)
            .alias("aux_kw")
            .parameter("MinCharge", "", 0.05, 0, 1, "state of charge that stops the car", SHEET)
            .alias("min_soc")
            .parameter("MaxCharge", "", 0.95, 0, 1, "", SHEET)
            .alias("max_soc")
            .parameter("AirDensity", "kg/m3", 1.2, 0.5, 1.5, "rho", FASTSIM)
            .parameter("Gravity", "m/s2", 9.81, 9, 10, "", "")
            .table(
                    "cycle",
                    true,
                    "speed over time; the run ends with it",
                    Column.number("time_s", "s", 0, 1e9, "rising"),
                    Column.number("speed_m_s", "m/s", 0, 150, ""),
                    Column.optional("grade", "", 0, -0.5, 0.5, "rise over run"))
            .output("Speed", "m/s", 0, 150, "")
            .output("Distance", "km", 0, ANY, "")
            .output("WheelPower", "kW", "")
            .output("BatteryPower", "kW", "out of the battery")
            .output("StateOfCharge", "", 0, 1, "")
            .start("StateOfCharge", "else MaxCharge")
            .time(3600, 1)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable cycle = setup.table("cycle");
        double[] time = cycle.column("time_s");
        for (int i = 1; i < time.length; i++) {
            if (!(time[i] > time[i - 1])) {
                throw cycle.problem(i, "time_s", "times must rise", "sort the rows.");
            }
        }
        return new Run(setup, cycle);
    }

    private static final class Run implements Simulation {
        private static final double MPH = 2.2369362920544; // miles an hour in 1 m/s
        private static final double KM_PER_MILE = 1.609344;

        private final Setup s;
        private final double[] time;
        private final double[] speed;
        private final double[] grade;
        private final double mass;
        private int row;
        private double distance;
        private double wheelPower;
        private double batteryPower;
        private double charge;
        private double tractiveOut;
        private double tractiveIn;
        private double wheelOut;
        private double wheelIn;
        private double batteryOut;
        private double batteryIn;
        private double aux;
        private double emptyAt = -1;

        Run(Setup s, DataTable cycle) {
            this.s = s;
            time = cycle.column("time_s");
            speed = cycle.column("speed_m_s");
            grade = cycle.column("grade");
            double parts = s.parameter("TransmissionMass")
                    + s.parameter("MotorBaseMass")
                    + s.parameter("MotorMassPerKw") * s.parameter("MotorPower")
                    + s.parameter("BatteryBaseMass")
                    + s.parameter("BatteryMassPerKwh") * s.parameter("BatteryEnergy");
            mass = s.parameter("GliderMass") + s.parameter("CargoMass") + s.parameter("ComponentFactor") * parts;
            charge = s.start("StateOfCharge", s.parameter("MaxCharge"));
        }

        @Override
        public List<Port> inputs() {
            return List.of();
        }

        @Override
        public List<Port> outputs() {
            return CARD.outputs();
        }

        @Override
        public void begin(double[] inputs) {
            row = 0;
        }

        @Override
        public void advance(double[] inputs, double fromSeconds, double toSeconds) {
            while (row + 1 < time.length && time[row + 1] - time[0] <= toSeconds + 1e-9) {
                interval(row);
                row++;
            }
        }

        @Override
        public void continueFrom(Simulation before) {
            Run other = (Run) before;
            row = other.row;
            distance = other.distance;
            wheelPower = other.wheelPower;
            batteryPower = other.batteryPower;
            charge = other.charge;
            tractiveOut = other.tractiveOut;
            tractiveIn = other.tractiveIn;
            wheelOut = other.wheelOut;
            wheelIn = other.wheelIn;
            batteryOut = other.batteryOut;
            batteryIn = other.batteryIn;
            aux = other.aux;
            emptyAt = other.emptyAt;
        }

        @Override
        public boolean replace(String state, double value) {
            if (state.equals("StateOfCharge")) {
                charge = value;
                return true;
            }
            return false;
        }

        private void interval(int i) {
            double dt = time[i + 1] - time[i];
            double v = 0.5 * (speed[i] + speed[i + 1]);
            double squares = speed[i + 1] * speed[i + 1] - speed[i] * speed[i];
            double radius = s.parameter("WheelRadius");
            double drag = 0.5
                    * s.parameter("AirDensity")
                    * s.parameter("DragCoefficient")
                    * s.parameter("FrontalArea")
                    * v
                    * v
                    * v;
            double tractive = drag + 0.5 * mass * squares / dt; // W
            double weight = mass * s.parameter("Gravity") * v;
            double wheel = tractive
                    + weight * (s.parameter("RollingResistance") + grade[i])
                    + 0.5 * s.parameter("WheelInertia") * s.parameter("Wheels") * squares / (radius * radius) / dt;
            double chain = s.parameter("TransmissionEfficiency") * s.parameter("MotorEfficiency");
            double needed = s.parameter("AuxiliaryPower") * 1000;
            aux += needed * dt;
            if (wheel > 0) {
                needed += wheel / chain;
            } else {
                double share = s.parameter("MaxRecovery") / (1 + 500 * StrictMath.exp(-0.99 * (v * MPH + 1)));
                needed += Math.max(-s.parameter("MotorPower") * 1000, wheel * share) * chain;
            }
            needed =
                    Math.max(-s.parameter("BatteryPower") * 1000, Math.min(s.parameter("BatteryPower") * 1000, needed));
            double oneWay = Math.sqrt(s.parameter("BatteryRoundTrip"));
            double inside = needed > 0 ? needed / oneWay : needed * oneWay;
            charge = Math.min(s.parameter("MaxCharge"), charge - inside * dt / (s.parameter("BatteryEnergy") * 3.6e6));
            if (charge < s.parameter("MinCharge") && emptyAt < 0) {
                emptyAt = time[i + 1] - time[0];
            }
            distance += v * dt / 1000;
            wheelPower = wheel / 1000;
            batteryPower = needed / 1000;
            tractiveOut += Math.max(0, tractive) * dt / 1000;
            tractiveIn += Math.min(0, tractive) * dt / 1000;
            wheelOut += Math.max(0, wheel) * dt / 1000;
            wheelIn += Math.min(0, wheel) * dt / 1000;
            batteryOut += Math.max(0, needed) * dt / 1000;
            batteryIn += Math.min(0, needed) * dt / 1000;
        }

        @Override
        public void read(double[] y) {
            y[0] = speed[row];
            y[1] = distance;
            y[2] = wheelPower;
            y[3] = batteryPower;
            y[4] = charge;
        }

        @Override
        public List<Happening> happenings() {
            return emptyAt < 0 ? List.of() : List.of(new Happening(emptyAt, "BatteryEmpty"));
        }

        @Override
        public List<Figure> figures() {
            double net = batteryOut + batteryIn;
            return List.of(
                    new Figure("Mass", "kg", mass),
                    new Figure("Distance", "km", distance),
                    new Figure("TractiveOut", "kJ", tractiveOut),
                    new Figure("TractiveIn", "kJ", tractiveIn),
                    new Figure("WheelOut", "kJ", wheelOut),
                    new Figure("WheelIn", "kJ", wheelIn),
                    new Figure("BatteryOut", "kJ", batteryOut),
                    new Figure("BatteryIn", "kJ", batteryIn),
                    new Figure("Auxiliary", "kJ", aux / 1000),
                    new Figure("NetConsumption", "kWh/mi", distance > 0 ? net / 3600 / (distance / KM_PER_MILE) : 0),
                    new Figure("NetConsumption100", "kWh/100km", distance > 0 ? net / 36 / distance : 0));
        }
    }
}
