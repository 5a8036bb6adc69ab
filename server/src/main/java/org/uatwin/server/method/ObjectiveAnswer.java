package org.uatwin.server.method;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.ObjectiveSpec;
import org.uatwin.simulation.objective.Problem;
import org.uatwin.simulation.objective.SettingSpec;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.Port;

/** What Optimize can be asked about a twin, as tables. */
final class ObjectiveAnswer {
    private ObjectiveAnswer() {}

    /** Objectives that fit this twin; those that do not are named in the message. */
    static CallMethodResult of(Subject subject, List<Objective> all) {
        List<Objective> fit =
                all.stream().filter(o -> o.unfit(subject).isEmpty()).toList();
        List<String[]> settings = new ArrayList<>();
        List<String[]> limits = new ArrayList<>();
        List<Problem.Variable> variables = new ArrayList<>();
        List<String> decisionNames = new ArrayList<>();
        for (Objective objective : fit) {
            ObjectiveSpec spec = objective.spec();
            for (SettingSpec s : spec.settings()) {
                settings.add(new String[] {spec.name() + "." + s.name(), s.unit(), s.defaultValueText(), meaning(s)});
            }
            Problem problem = objective.problem(subject, Settings.defaults(spec));
            for (Problem.Variable v : problem.variables()) {
                decisionNames.add(spec.name() + "." + v.name());
                variables.add(v);
            }
            for (Problem.Constraint c : problem.constraints()) {
                String relation = c.isUpper() ? "at most" : "at least";
                String text = "%s %s %s"
                        .formatted(relation, Port.number(c.bound()), c.unit())
                        .strip();
                limits.add(new String[] {spec.name() + "." + c.name(), "%s: %s".formatted(text, c.meaning())});
            }
        }
        String text = "%d objectives, %d settings, %d decisions%s"
                .formatted(fit.size(), settings.size(), variables.size(), unfit(subject, all));
        return Answer.of(
                true,
                text,
                Answer.plain(0, "", subject.description().versionText(), text),
                fit.stream().map(o -> o.spec().name()).toArray(String[]::new),
                fit.stream()
                        .map(o -> o.spec().title() + " " + o.spec().method())
                        .toArray(String[]::new),
                fit.stream().map(o -> o.spec().unit()).toArray(String[]::new),
                column(settings, 0),
                column(settings, 1),
                column(settings, 2),
                column(settings, 3),
                decisionNames.toArray(String[]::new),
                variables.stream().map(Problem.Variable::unit).toArray(String[]::new),
                variables.stream().map(Problem.Variable::lower).toArray(Double[]::new),
                variables.stream().map(Problem.Variable::upper).toArray(Double[]::new),
                column(limits, 0),
                column(limits, 1));
    }

    private static String unfit(Subject subject, List<Objective> all) {
        StringBuilder text = new StringBuilder();
        for (Objective objective : all) {
            objective
                    .unfit(subject)
                    .ifPresent(why -> text.append(
                            "; not %s: %s".formatted(objective.spec().name(), why)));
        }
        return text.toString();
    }

    private static String meaning(SettingSpec s) {
        return switch (s.kind()) {
            case TEXT -> s.meaning();
            case NUMBER -> "%s; %s".formatted(s.meaning(), Port.range(s.lower(), s.upper()));
            case PROFILE ->
                "%s; %s, or a list of [time of day, number]".formatted(s.meaning(), Port.range(s.lower(), s.upper()));
        };
    }

    private static String[] column(List<String[]> rows, int column) {
        return rows.stream().map(row -> row[column]).toArray(String[]::new);
    }
}
