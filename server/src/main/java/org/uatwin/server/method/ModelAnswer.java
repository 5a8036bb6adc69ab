package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.uatwin.simulation.contract.InputSpec;
import org.uatwin.simulation.contract.ModelDescription;
import org.uatwin.simulation.contract.OutputSpec;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.ScenarioSpec;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunStatus;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.solver.Trajectory;

/** Answers that are tables: what a model can be asked, and the key figures of a run. */
final class ModelAnswer {
    private ModelAnswer() {}

    /** Parameters, outputs and scenarios of a model. */
    static CallMethodResult of(Subject subject) {
        ModelDescription d = subject.description();
        List<Knob> knobs = new ArrayList<>();
        for (int i = 0; i < d.inputs().size(); i++) {
            InputSpec input = d.inputs().get(i);
            knobs.add(new Knob(input.name(), input.unit(), input.lower(), subject.largestInput(i)));
        }
        for (ParameterSpec p : d.parameters()) {
            if (p.tunable()) {
                knobs.add(new Knob(p.name(), p.unit(), p.lower(), p.upper()));
            }
        }
        String text = "%d parameters, %d outputs, %d scenarios"
                .formatted(knobs.size(), d.outputs().size(), d.scenarios().size());
        return Answer.of(
                true,
                text,
                Answer.plain(0, "", d.versionText(), text),
                texts(knobs, Knob::name),
                texts(knobs, Knob::unit),
                numbers(knobs, Knob::lower),
                numbers(knobs, Knob::upper),
                texts(d.outputs(), OutputSpec::name),
                texts(d.outputs(), OutputSpec::unit),
                texts(d.scenarios(), ScenarioSpec::name),
                texts(d.scenarios(), ScenarioSpec::meaning));
    }

    private record Knob(String name, String unit, double lower, double upper) {}

    /** Key figures and events of a run; a business answer when it has no result or found no solution. */
    static CallMethodResult of(RunStatus status, Optional<List<Kpi>> found, Optional<Optimum> optimum) {
        List<Kpi> kpis = found.orElse(List.of());
        List<Trajectory.Occurrence> events = status.occurrences();
        String text =
                found.isPresent() ? status.message() : "The run is %s; it has no result.".formatted(status.state());
        String version = status.facts().modelVersion();
        return Answer.of(
                found.isPresent() && optimum.map(Optimum::isFeasible).orElse(true),
                text,
                optimum.map(o -> Answer.plain(o.value(), o.unit(), version, text))
                        .orElseGet(() -> Answer.plain(0, "", version, text)),
                texts(kpis, Kpi::name),
                texts(kpis, Kpi::unit),
                numbers(kpis, Kpi::value),
                numbers(kpis, Kpi::baseline),
                numbers(kpis, Kpi::lower),
                numbers(kpis, Kpi::upper),
                numbers(events, Trajectory.Occurrence::atSeconds),
                texts(events, Trajectory.Occurrence::name));
    }

    static <T> String[] texts(List<T> rows, Function<T, String> of) {
        return rows.stream().map(of).toArray(String[]::new);
    }

    /** Numbers are always finite (contracts section 4): a limit that is none is the largest number there is. */
    private static <T> Double[] numbers(List<T> rows, ToDoubleFunction<T> of) {
        return rows.stream()
                .map(row -> Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, of.applyAsDouble(row))))
                .toArray(Double[]::new);
    }
}
