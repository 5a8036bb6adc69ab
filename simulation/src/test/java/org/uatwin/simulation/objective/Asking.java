package org.uatwin.simulation.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.scenario.Kpi;
import org.uatwin.simulation.scenario.NamedSeries;
import org.uatwin.simulation.scenario.Optimum;
import org.uatwin.simulation.scenario.RunControl;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.StartResult;
import org.uatwin.simulation.scenario.Subject;

/** Asks objectives of twins as Optimize does, on the test's thread. */
final class Asking {
    private Asking() {}

    static Optimisation.Checked check(Subject subject, LiveState live, String text, double hour, long iterations) {
        Optimisation.Asked asked = new Optimisation.Asked(
                subject,
                live,
                Objectives.builtIn().of(subject.description().name()),
                o -> Settings.defaults(o.spec()),
                hour);
        return Optimisation.check(asked, new Optimisation.Request(text, 0, iterations), () -> 0);
    }

    static RunTask.Result ask(Subject subject, LiveState live, String text, double hour) {
        Optimisation.Checked checked = check(subject, live, text, hour, 0);
        assertThat(checked.task()).as(() -> refusal(checked)).isPresent();
        return checked.task().orElseThrow().perform(RunControl.NONE);
    }

    static Optimum optimum(Subject subject, LiveState live, String text, double hour) {
        return ask(subject, live, text, hour).optimum().orElseThrow();
    }

    static String refusal(Optimisation.Checked checked) {
        return checked.refusal().map(StartResult::toString).orElse("");
    }

    static double kpi(RunTask.Result result, String name) {
        Optional<Kpi> found =
                result.kpis().stream().filter(k -> k.name().equals(name)).findFirst();
        assertThat(found).as(name).isPresent();
        return found.orElseThrow().value();
    }

    static NamedSeries series(RunTask.Result result, String name) {
        List<NamedSeries> found =
                result.series().stream().filter(s -> s.name().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }
}
