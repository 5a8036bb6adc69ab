package org.uatwin.simulation.objective;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelStart;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.twin.BoundSystem;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.Tables;

/** Puts questions to twins of system models. */
public final class Questions {
    private Questions() {}

    /** A twin with these tables; cells as in {@link Tables#of}. */
    public static BoundSystem twin(
            SystemTwin model, Map<String, Double> parameters, Map<String, List<Map<String, Object>>> tables) {
        Map<String, DataTable> made = new LinkedHashMap<>();
        tables.forEach((name, rows) -> made.put(
                name,
                Tables.of(
                        model.tables().stream()
                                .filter(t -> t.name().equals(name))
                                .findFirst()
                                .orElseThrow(),
                        rows)));
        return BoundSystem.of("twin", model, parameters, made, List.of());
    }

    /** What an objective answers with these settings, numbers by name. */
    public static Solution ask(
            Objective objective, Subject subject, LiveState live, Map<String, Double> numbers, Effort effort) {
        Settings settings = Settings.defaults(objective.spec());
        for (Map.Entry<String, Double> number : numbers.entrySet()) {
            settings = settings.with(number.getKey(), number.getValue());
        }
        ModelStart start = subject.start(live);
        return objective.optimise(new Question(subject, live, start, settings, 0, 12, 1), effort);
    }

    /** The same with the effort the objective asks for. */
    public static Solution ask(Objective objective, Subject subject, LiveState live, Map<String, Double> numbers) {
        return ask(
                objective,
                subject,
                live,
                numbers,
                Effort.ofEvaluations(objective.spec().evaluations()));
    }

    /** What was decided about a variable. */
    public static double decided(Solution solution, String variable) {
        return solution.optimum().decisions().stream()
                .filter(d -> d.name().equals(variable))
                .mapToDouble(Optimum.Decision::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        variable + " of " + solution.optimum().decisions()));
    }
}
