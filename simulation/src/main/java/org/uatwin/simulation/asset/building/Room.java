package org.uatwin.simulation.asset.building;

import java.util.List;
import org.uatwin.simulation.contract.StateSpec;
import org.uatwin.simulation.solver.NoiseStream;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.Stateful;
import org.uatwin.simulation.system.SystemModel;

/**
 * People, light and air of one room.
 *
 * <pre>
 * each person comes and goes as a Markov chain with rates by working hours
 * V C' = G n - Q (C - Co)                        CO2, exact within a step
 * light = on while somebody is there and for a delay after, dimmed to what daylight leaves to the target
 * fan   = Pn (Q/Qn)^3 (1 + hours/FilterLife)      filter resistance grows with the air that passed
 * </pre>
 */
public final class Room implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "Room",
                    ModelCard.Kind.STEPPED,
                    "Occupancy, lighting and air quality of one room, with fan and filter.")
            .valid("one well-mixed zone; steps up to a few minutes; occupancy is random by seed")
            .parameter("Volume", "m3", 300, 1, 1e6, "of air", "design")
            .parameter("FloorArea", "m2", 100, 1, 1e6, "lit", "design")
            .parameter("People", "", 10, 0, 10_000, "who may come", "design")
            .parameter("WorkStart", "h", 8, 0, 24, "of the day", "typical")
            .parameter("WorkEnd", "h", 18, 0, 24, "of the day", "typical")
            .parameter("MeanStay", "h", 3, 0.01, 24, "of a person", "typical")
            .parameter("MeanAbsence", "h", 1, 0.01, 24, "of a person in working hours", "typical")
            .parameter("Co2PerPerson", "L/h", 18, 0, 200, "at sitting work (5e-6 m3/s)", "ASHRAE 62.1, 1.2 met")
            .parameter("OutdoorCo2", "ppm", 420, 300, 1000, "", "NOAA 2023")
            .parameter("Co2Limit", "ppm", 1000, 400, 10_000, "above it air counts as bad", "Pettenkofer; DIN 1946")
            .parameter("RatedAirflow", "L/s", 100, 0, 1e6, "Qn", "design")
            .parameter("FanPower", "W", 150, 0, 1e6, "at the rated flow with a clean filter", "plate")
            .parameter(
                    "FilterLife", "h", 4000, 1, 1e6, "of rated flow until the filter doubles the resistance", "typical")
            .parameter("Co2Control", "", 0, 0, 1, "1 = flow follows CO2 instead of the input", "design")
            .parameter("LightingDensity", "W/m2", 11.7, 0, 100, "installed", "DIN V 18599, office")
            .parameter("LightTarget", "lx", 500, 0, 5000, "on the desk", "EN 12464-1")
            .parameter("DaylightFactor", "%", 2, 0, 50, "indoor over outdoor illuminance", "design")
            .parameter("LightDelay", "s", 900, 0, 1e5, "off after the last person", "setting")
            .input("Airflow", "L/s", 100, 0, 1e6, "of outdoor air")
            .input("OutdoorIlluminance", "lx", 0, 0, 200_000, "diffuse horizontal")
            .input("Presence", "", -1, -1, 10_000, "people there; -1 = random")
            .output("Occupants", "", 0, ANY, "")
            .output("Presence", "", 0, 1, "what a PIR sensor says")
            .output("Co2", "ppm", 0, ANY, "")
            .output("Airflow", "L/s", 0, ANY, "")
            .output("FanPower", "W", 0, ANY, "")
            .output("FilterResistance", "", 1, ANY, "over that of a clean filter")
            .output("Illuminance", "lx", 0, ANY, "on the desk")
            .output("LightingPower", "W", 0, ANY, "")
            .output("BadAirHours", "h", 0, ANY, "people there and CO2 above the limit, so far")
            .start("Co2", "ppm, else outdoors")
            .start("Occupants", "people there at time 0")
            .start("FilterHours", "hours of rated flow the filter has seen")
            .time(24 * 3600.0, 60)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        return new Run(setup);
    }

    private static final class Run implements Stateful {
        private static final double HOUR = 3600;

        private final Setup s;
        private NoiseStream stream;
        private final boolean[] isThere;
        private final double[] u = new double[3];
        private double co2;
        private double filterHours;
        private double lastPresence = Double.NEGATIVE_INFINITY;
        private double t;
        private double badHours;
        private double fanJ;
        private double lightJ;
        private double highest;
        private int people;

        Run(Setup s) {
            this.s = s;
            stream = s.stream();
            isThere = new boolean[(int) s.parameter("People")];
            people = (int) Math.min(isThere.length, s.start("Occupants", 0));
            for (int i = 0; i < people; i++) {
                isThere[i] = true;
            }
            co2 = s.start("Co2", s.parameter("OutdoorCo2"));
            filterHours = s.start("FilterHours", 0);
        }

        @Override
        public List<Port> inputs() {
            return CARD.inputs();
        }

        @Override
        public List<Port> outputs() {
            return CARD.outputs();
        }

        @Override
        public void begin(double[] in) {
            observe(in);
            lastPresence = people > 0 ? 0 : lastPresence;
        }

        /** With fewer people than before those at the end of the list have left for good. */
        @Override
        public void continueFrom(Simulation before) {
            Run other = (Run) before;
            stream = other.stream;
            System.arraycopy(other.isThere, 0, isThere, 0, Math.min(isThere.length, other.isThere.length));
            System.arraycopy(other.u, 0, u, 0, u.length);
            co2 = other.co2;
            filterHours = other.filterHours;
            lastPresence = other.lastPresence;
            t = other.t;
            badHours = other.badHours;
            fanJ = other.fanJ;
            lightJ = other.lightJ;
            highest = other.highest;
            people = other.people;
            if (isThere.length != other.isThere.length && u[2] < 0) {
                people = 0;
                for (boolean there : isThere) {
                    people += there ? 1 : 0;
                }
            }
        }

        @Override
        public boolean replace(String state, double value) {
            if (state.equals("FilterHours")) {
                filterHours = value;
                return true;
            }
            return false;
        }

        @Override
        public List<StateSpec> states() {
            return List.of(StateSpec.dynamic("Co2", "ppm", 0, 100_000), StateSpec.damage("FilterHours", "h", 0, 1e6));
        }

        @Override
        public void state(double[] x) {
            x[0] = co2;
            x[1] = filterHours;
        }

        @Override
        public void restore(double[] x) {
            co2 = x[0];
            filterHours = x[1];
        }

        @Override
        public void resume(double[] x) {
            restore(x);
        }

        @Override
        public void observe(double[] in) {
            System.arraycopy(in, 0, u, 0, u.length);
            if (u[2] >= 0) {
                people = (int) Math.rint(u[2]);
            }
        }

        @Override
        public void advance(double[] in, double fromSeconds, double toSeconds) {
            observe(in);
            double dt = toSeconds - fromSeconds;
            fanJ += fan() * dt;
            lightJ += light() * dt;
            double flow = airflow() / 1000;
            double source = people * s.parameter("Co2PerPerson") / HOUR / 1000 * 1e6; // ppm m3/s
            double volume = s.parameter("Volume");
            double outdoor = s.parameter("OutdoorCo2");
            if (flow > 0) {
                double steady = outdoor + source / flow;
                co2 = steady + (co2 - steady) * StrictMath.exp(-flow / volume * dt);
            } else {
                co2 += source / volume * dt;
            }
            highest = Math.max(highest, co2);
            badHours += people > 0 && co2 > s.parameter("Co2Limit") ? dt / HOUR : 0;
            double rated = s.parameter("RatedAirflow");
            filterHours += rated > 0 ? airflow() / rated * dt / HOUR : 0;
            t = toSeconds;
            move(dt);
            lastPresence = people > 0 ? t : lastPresence;
        }

        /** Everybody stays or goes with the probability of a memoryless stay over the step. */
        private void move(double dt) {
            if (u[2] >= 0) {
                return;
            }
            double hour = (t / HOUR) % 24;
            boolean isWork = hour >= s.parameter("WorkStart") && hour < s.parameter("WorkEnd");
            double leave = 1 - StrictMath.exp(-dt / HOUR / (isWork ? s.parameter("MeanStay") : 0.25));
            double come = isWork ? 1 - StrictMath.exp(-dt / HOUR / s.parameter("MeanAbsence")) : 0;
            people = 0;
            for (int i = 0; i < isThere.length; i++) {
                double draw = stream.uniform();
                isThere[i] = isThere[i] ? draw >= leave : draw < come;
                people += isThere[i] ? 1 : 0;
            }
        }

        private double airflow() {
            if (s.parameter("Co2Control") < 0.5) {
                return u[0];
            }
            double low = s.parameter("OutdoorCo2") + 100;
            double share = (co2 - low) / Math.max(1, s.parameter("Co2Limit") - low);
            return s.parameter("RatedAirflow") * Math.max(0.1, Math.min(1, share));
        }

        private double resistance() {
            return 1 + filterHours / s.parameter("FilterLife");
        }

        private double fan() {
            double rated = s.parameter("RatedAirflow");
            double share = rated > 0 ? airflow() / rated : 0;
            return s.parameter("FanPower") * share * share * share * resistance();
        }

        private double daylight() {
            return u[1] * s.parameter("DaylightFactor") / 100;
        }

        private double light() {
            boolean isOn = people > 0 || t - lastPresence < s.parameter("LightDelay");
            double target = s.parameter("LightTarget");
            double dim = target > 0 ? Math.max(0, Math.min(1, (target - daylight()) / target)) : 0;
            // Dimmed lamps keep about a tenth of their power (typical).
            return isOn && dim > 0 ? s.parameter("LightingDensity") * s.parameter("FloorArea") * (0.1 + 0.9 * dim) : 0;
        }

        @Override
        public void read(double[] y) {
            y[0] = people;
            y[1] = people > 0 ? 1 : 0;
            y[2] = co2;
            y[3] = airflow();
            y[4] = fan();
            y[5] = resistance();
            y[7] = light();
            y[6] = Math.max(daylight(), y[7] > 0 ? s.parameter("LightTarget") : 0);
            y[8] = badHours;
        }

        @Override
        public List<Figure> figures() {
            return List.of(
                    new Figure("FanEnergy", "kWh", fanJ / 3.6e6),
                    new Figure("LightingEnergy", "kWh", lightJ / 3.6e6),
                    new Figure("HighestCo2", "ppm", highest),
                    new Figure("BadAir", "h", badHours));
        }
    }
}
