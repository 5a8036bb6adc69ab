package org.uatwin.simulation.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.twin.Composition;

/** Systems whose members drive each other. */
final class Compositions {
    private Compositions() {}

    static List<Composition> all() {
        return List.of(new Farm(), new Turbine(), new Feeder(), new PumpStation());
    }

    /** Turbines get their wind behind those before them, and share yaw and derating with the farm. */
    private record Farm() implements Composition {
        @Override
        public String name() {
            return "WindFarm";
        }

        @Override
        public Wiring wire(Optional<Subject> own, List<Member> members) {
            List<Coupling> couplings = new ArrayList<>();
            for (Member m : members) {
                String id = m.twin().id();
                if (m.twin().is("WindTurbine") && has(own, "WindSpeed." + id)) {
                    couplings.add(Coupling.absolute(SYSTEM, "WindSpeed." + id, id, "WindSpeed", 1));
                    couplings.add(Coupling.absolute(SYSTEM, "Yaw." + id, id, "YawError", 1));
                    couplings.add(Coupling.absolute(SYSTEM, "Derating." + id, id, "Derating", 1));
                    blades(id, id, members, couplings);
                }
            }
            return new Wiring(couplings, List.of());
        }
    }

    /** Blades get wind, turbulence and thrust of the turbine they belong to. */
    private record Turbine() implements Composition {
        @Override
        public String name() {
            return "WindTurbine";
        }

        @Override
        public Wiring wire(Optional<Subject> own, List<Member> members) {
            List<Coupling> couplings = new ArrayList<>();
            own.ifPresent(turbine -> blades(SYSTEM, turbine.twinId(), members, couplings));
            return new Wiring(couplings, List.of());
        }
    }

    /**
     * Couplings of the blades of one turbine.
     *
     * @param part what the turbine is called among the parts.
     * @param turbine id of its twin.
     */
    private static void blades(
            String part, String turbine, List<Composition.Member> members, List<Composition.Coupling> couplings) {
        for (Composition.Member m : members) {
            if (m.twin().is("WindBlade") && m.twin().parent().equals(turbine)) {
                String blade = m.twin().id();
                couplings.add(Composition.Coupling.absolute(part, "WindSpeed", blade, "WindSpeed", 1));
                couplings.add(
                        Composition.Coupling.absolute(part, "TurbulenceIntensity", blade, "TurbulenceIntensity", 1));
                couplings.add(Composition.Coupling.absolute(part, "ThrustCoefficient", blade, "ThrustCoefficient", 1));
            }
        }
    }

    /** The load of a node changes as the demand of the households that are part of it. */
    private record Feeder() implements Composition {
        @Override
        public String name() {
            return "RadialFeeder";
        }

        @Override
        public Wiring wire(Optional<Subject> own, List<Member> members) {
            List<Coupling> couplings = new ArrayList<>();
            for (Member m : members) {
                String node = m.twin().parent();
                boolean isLoad = m.twin().is("Households")
                        && own.isPresent()
                        && own.get().description().inputIndex("Load." + node) >= 0;
                if (isLoad) {
                    couplings.add(Coupling.relative(m.twin().id(), "Demand", SYSTEM, "Load." + node));
                }
            }
            return new Wiring(couplings, List.of());
        }
    }

    /** Pumps fill the tank; flow and power of the station are theirs together. */
    private record PumpStation() implements Composition {
        @Override
        public String name() {
            return "PumpStation";
        }

        @Override
        public Wiring wire(Optional<Subject> own, List<Member> members) {
            List<Coupling> couplings = new ArrayList<>();
            List<String> flows = new ArrayList<>();
            List<String> powers = new ArrayList<>();
            List<String> tanks = members.stream()
                    .filter(m -> m.twin().is("Tank"))
                    .map(m -> m.twin().id())
                    .toList();
            for (Member m : members) {
                if (m.twin().is("CentrifugalPump")) {
                    flows.add(m.twin().id() + ".Flow");
                    powers.add(m.twin().id() + ".MotorPower");
                    for (String tank : tanks) {
                        couplings.add(Coupling.absolute(m.twin().id(), "Flow", tank, "InletFlow", 1.0 / tanks.size()));
                    }
                }
            }
            return new Wiring(
                    couplings,
                    List.of(
                            new Sum("Flow", "m3/h", 0.01, 0.5, flows, "of all pumps"),
                            new Sum("Power", "kW", 0.01, 0.2, powers, "electrical, of all pumps")));
        }
    }

    private static boolean has(Optional<Subject> own, String output) {
        return own.isPresent() && own.get().description().outputIndex(output) >= 0;
    }
}
