package org.uatwin.simulation.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.objective.building.SetpointCost;
import org.uatwin.simulation.objective.demand.FeederPeak;
import org.uatwin.simulation.objective.demand.HouseholdPeak;
import org.uatwin.simulation.objective.machine.ConveyorSpeed;
import org.uatwin.simulation.objective.machine.PumpEnergy;
import org.uatwin.simulation.objective.station.StationEnergy;
import org.uatwin.simulation.objective.station.TankFilling;

/** Objectives by the model of a twin; the first of a model is its default. Immutable, any thread. */
public final class Objectives {
    private final List<Objective> all;

    private Objectives(List<Objective> all) {
        this.all = List.copyOf(all);
    }

    /** The objectives that come with the product, one a line. */
    public static Objectives builtIn() {
        List<Objective> all = new ArrayList<>();
        all.add(new ConveyorSpeed());
        all.add(new PumpEnergy());
        all.add(new TankFilling());
        all.add(new StationEnergy());
        all.add(new SetpointCost());
        all.add(new FeederPeak());
        all.add(new HouseholdPeak());
        return of(all);
    }

    /** Exactly these. */
    public static Objectives of(List<Objective> all) {
        return new Objectives(all);
    }

    /** Those of a model, the default first. */
    public List<Objective> of(String model) {
        return all.stream().filter(o -> o.models().contains(model)).toList();
    }

    /** The objective of a model by name; the empty name is the default. */
    public Optional<Objective> find(String model, String name) {
        return of(model).stream()
                .filter(o -> name.isEmpty() || o.spec().name().equals(name))
                .findFirst();
    }

    /** All of them. */
    public List<Objective> all() {
        return all;
    }
}
