package org.uatwin.simulation.objective.wind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.uatwin.simulation.asset.wind.WindFarm;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Simulation;

/** The farm in the present wind for any yaw and derating of its turbines. Owned by one search. */
final class FarmState {
    static final WindFarm MODEL = new WindFarm();

    private final Simulation farm;
    private final double[] u;
    private final double[] y;
    private final List<String> turbines = new ArrayList<>();
    private final List<String> inputs;
    private final List<String> outputs;

    FarmState(OwnSystem system) {
        farm = system.prepare(1);
        u = system.inputs(farm);
        y = new double[farm.outputs().size()];
        inputs = farm.inputs().stream().map(Port::name).toList();
        outputs = farm.outputs().stream().map(Port::name).toList();
        for (String name : inputs) {
            if (name.startsWith("Yaw.")) {
                turbines.add(name.substring("Yaw.".length()));
            }
        }
        farm.begin(u);
    }

    int size() {
        return turbines.size();
    }

    String turbine(int index) {
        return turbines.get(index);
    }

    /** Present values of an input of every turbine. */
    double[] present(String kind) {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = u[inputs.indexOf(kind + "." + turbines.get(i))];
        }
        return values;
    }

    /** Computes the farm with these values of an input of every turbine, the others as they are. */
    void set(String kind, double[] values) {
        int first = inputs.indexOf(kind + "." + turbines.get(0));
        System.arraycopy(values, 0, u, first, values.length); // inputs of one kind stand together
        farm.observe(u);
        farm.read(y);
    }

    /** An output of the farm, as computed last. */
    double output(String name) {
        return y[outputs.indexOf(name)];
    }

    /** An output of one turbine, as computed last. */
    double output(String kind, int turbine) {
        return y[outputs.indexOf(kind + "." + turbines.get(0)) + turbine];
    }

    /** Turbines from the first the wind meets to the last. */
    int[] downwind(OwnSystem system) {
        double from = StrictMath.toRadians(system.input("WindDirection"));
        double[] x = system.table("turbines").column("x_m");
        double[] north = system.table("turbines").column("y_m");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -x[i] * StrictMath.sin(from) - north[i] * StrictMath.cos(from)));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    static Kpi kpi(String name, String unit, double value, double baseline) {
        return new Kpi(name, unit, value, baseline, value, value);
    }
}
