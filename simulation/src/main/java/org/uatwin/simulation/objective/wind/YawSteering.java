package org.uatwin.simulation.objective.wind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.uatwin.simulation.objective.Effort;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.OwnSystem;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.Question;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.objective.Solution;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.DataTable;

/** Turns rotors out of the wind so that their wakes miss the turbines behind, for the most power of the farm. */
public final class YawSteering implements Objective {
    private static final double SMALLEST_STEP_DEG = 0.05;
    private static final ObjectiveSpec SPEC = new ObjectiveSpec(
            "yaw-steering",
            "Turn rotors out of the present wind so that their wakes miss the turbines behind them.",
            false,
            "Power",
            "kW",
            List.of(SettingSpec.number("LargestYaw", "deg", 25, 1, 30, "to either side, of every turbine")),
            0,
            0,
            20_000,
            "Turbine by turbine on a grid, then by ever smaller steps, from straight rotors and from the mirror image of what was found;"
                    + " then two at once: the best of a neighbourhood, for the present wind.");

    @Override
    public ObjectiveSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> models() {
        return List.of("WindFarm");
    }

    @Override
    public Optional<String> unfit(Subject subject) {
        Subject own = subject.own();
        int index = own.description().parameterIndex("WakeModel");
        if (index < 0 || own.parameters()[index] < 0.5) {
            return Optional.of("the wakes of this farm's model are not bent by yaw."
                    + " Fix: set WakeModel: 1 among the twin's ratings in the plant file.");
        }
        return Optional.empty();
    }

    @Override
    public Problem problem(Subject subject, Settings settings) {
        double most = settings.number("LargestYaw");
        List<Problem.Variable> variables = new ArrayList<>();
        DataTable turbines = subject.own().tables().get("turbines");
        for (int i = 0; turbines != null && i < turbines.rows(); i++) {
            variables.add(new Problem.Variable(
                    "Yaw." + turbines.text(i, "turbine"),
                    "deg",
                    -most,
                    most,
                    false,
                    "rotor turned counter-clockwise out of the wind, seen from above"));
        }
        return new Problem(variables, List.of());
    }

    @Override
    public Solution optimise(Question question, Effort effort) {
        OwnSystem system = OwnSystem.of(FarmState.MODEL, question);
        FarmState farm = new FarmState(system);
        double[] present = farm.present("Yaw");
        double before = power(farm, present);
        double beforeLoss = farm.output("WakeLoss");
        double most = question.settings().number("LargestYaw");
        double[] upper = new double[farm.size()];
        double[] lower = new double[farm.size()];
        Arrays.fill(upper, most);
        Arrays.fill(lower, -most);
        TurnByTurn search =
                new TurnByTurn(lower, upper, farm.downwind(system), SMALLEST_STEP_DEG, yaw -> power(farm, yaw), effort);
        TurnByTurn.Best best = search.from(new double[farm.size()]);
        TurnByTurn.Best mirrored =
                search.from(Arrays.stream(best.x).map(v -> -v).toArray());
        if (mirrored.value > best.value * (1 + 1e-6)) {
            best = mirrored;
        }
        search.inPairs(best);
        boolean isBetter = best.value > before;
        double[] yaw = isBetter ? best.x : present;
        double value = power(farm, yaw);
        double loss = farm.output("WakeLoss");
        List<Optimum.Decision> decisions = new ArrayList<>();
        for (int i = 0; i < yaw.length; i++) {
            // A turbine that stands further out of the wind now than is allowed is shown as it is.
            decisions.add(new Optimum.Decision(
                    "Yaw." + farm.turbine(i),
                    "deg",
                    yaw[i],
                    present[i],
                    Math.min(-most, yaw[i]),
                    Math.max(most, yaw[i])));
        }
        return new Solution(
                new Optimum(
                        SPEC.name(),
                        SPEC.quantity(),
                        SPEC.unit(),
                        false,
                        value,
                        before,
                        decisions,
                        List.of(),
                        isBetter ? system.robustness(other -> gain(other, yaw, present), effort) : List.of(),
                        List.of(),
                        effort.stopReason(),
                        effort.evaluations(),
                        "The best of a neighbourhood, for the present wind: a few degrees of direction change it.",
                        message(farm, yaw, before, value)),
                List.of(),
                kpis(farm, yaw, present, loss, beforeLoss));
    }

    private static List<Kpi> kpis(FarmState farm, double[] yaw, double[] present, double loss, double beforeLoss) {
        List<Kpi> kpis = new ArrayList<>();
        double all = power(farm, present);
        double[] before = new double[yaw.length];
        for (int i = 0; i < yaw.length; i++) {
            before[i] = farm.output("Power", i);
        }
        kpis.add(FarmState.kpi("Power", "kW", power(farm, yaw), all));
        kpis.add(FarmState.kpi("WakeLoss", "%", loss, beforeLoss));
        for (int i = 0; i < yaw.length; i++) {
            kpis.add(FarmState.kpi("Power." + farm.turbine(i), "kW", farm.output("Power", i), before[i]));
        }
        return kpis;
    }

    private static double power(FarmState farm, double[] yaw) {
        farm.set("Yaw", yaw);
        return farm.output("Power");
    }

    private static double gain(OwnSystem other, double[] yaw, double[] present) {
        FarmState farm = new FarmState(other);
        return power(farm, yaw) - power(farm, present);
    }

    private static String message(FarmState farm, double[] yaw, double before, double value) {
        List<String> turned = new ArrayList<>();
        for (int i = 0; i < yaw.length; i++) {
            if (Math.abs(yaw[i]) >= SMALLEST_STEP_DEG) {
                turned.add(String.format(Locale.ROOT, "%s %+.1f deg", farm.turbine(i), yaw[i]));
            }
        }
        if (!(value > before)) {
            return "Nothing to gain in this wind: turning any rotor costs more than it brings.";
        }
        return turned.isEmpty()
                ? "All rotors straight into the wind."
                : "Turn " + String.join(", ", turned) + ", the others straight into the wind.";
    }
}
