package org.uatwin.simulation.asset.generic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.simulation.expression.Expression;
import org.uatwin.simulation.expression.ExpressionException;
import org.uatwin.simulation.system.Continuous;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.ModelCard;
import org.uatwin.simulation.system.Port;
import org.uatwin.simulation.system.Setup;
import org.uatwin.simulation.system.Simulation;
import org.uatwin.simulation.system.SolverSettings;
import org.uatwin.simulation.system.SystemModel;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * Differential equations with events as the case file writes them. Formulas may use {@code t}, the states, constants and inputs;
 * outputs are all states and then the formulas of the table {@code outputs}, each of which may use those above it.
 */
public final class Equations implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "Equations", ModelCard.Kind.CONTINUOUS, "Differential equations with events, written in the case.")
            .valid("what the author of the equations says")
            .table(
                    "states",
                    true,
                    "what is integrated",
                    Column.text("name", "of the state"),
                    Column.optional("start", "", 0, -ANY, ANY, "value at time 0"),
                    Column.text("derivative", "formula of dx/dt"))
            .table(
                    "constants",
                    false,
                    "numbers with names",
                    Column.text("name", "of the constant"),
                    Column.number("value", "", -ANY, ANY, "its value"))
            .table(
                    "inputs",
                    false,
                    "what may change from outside",
                    Column.text("name", "of the input"),
                    Column.optional("default", "", 0, -ANY, ANY, "value when the case gives none"))
            .table(
                    "outputs",
                    false,
                    "further outputs",
                    Column.text("name", "of the output"),
                    Column.text("formula", "its value"))
            .table(
                    "events",
                    false,
                    "what happens when a formula falls to zero; an event with several rows sets several states",
                    Column.text("name", "of the event"),
                    Column.text("falls", "formula that falls from above zero to zero"),
                    Column.optionalText("state", "state that is set, or empty to record the event only"),
                    Column.optionalText("value", "formula of its new value"))
            .input("<input>", "", 0, -ANY, ANY, "as the table inputs says")
            .output("<state or output>", "", "as the tables say")
            .time(10, 0.1)
            .build();

    @Override
    public ModelCard card() {
        return CARD;
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable states = setup.table("states");
        Optional<DataTable> constants = setup.optionalTable("constants");
        Optional<DataTable> inputs = setup.optionalTable("inputs");
        Names names = new Names();
        names.add("t");
        names.addAll(states);
        inputs.ifPresent(names::addAll);
        constants.ifPresent(names::addAll);
        double[] start = new double[states.rows()];
        for (int i = 0; i < start.length; i++) {
            start[i] = setup.start(states.text(i, "name"), states.number(i, "start"));
        }
        List<Port> in = new ArrayList<>();
        inputs.ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                in.add(Port.input(t.text(i, "name"), "", t.number(i, "default"), -ANY, ANY, "input"));
            }
        });
        List<Expression> derivatives = new ArrayList<>();
        List<Port> out = new ArrayList<>();
        for (int i = 0; i < states.rows(); i++) {
            derivatives.add(compile(states, i, "derivative", names.list));
            out.add(Port.output(states.text(i, "name"), "", -ANY, ANY, "state"));
        }
        List<Event> events = new ArrayList<>();
        setup.optionalTable("events").ifPresent(t -> events(t, states, names.list, events));
        List<Expression> formulas = new ArrayList<>();
        setup.optionalTable("outputs").ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                formulas.add(compile(t, i, "formula", names.list));
                out.add(Port.output(t.text(i, "name"), "", -ANY, ANY, "formula"));
                names.add(t, i);
            }
        });
        double[] values = new double[names.list.size()];
        constants.ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                values[1 + start.length + in.size() + i] = t.number(i, "value");
            }
        });
        int firstFormula = values.length - formulas.size();
        return new Run(setup, in, out, start, new Formulas(derivatives, formulas, events, values, firstFormula));
    }

    private static Expression compile(DataTable table, int row, String column, List<String> names) {
        try {
            return Expression.compile(table.text(row, column), names);
        } catch (ExpressionException e) {
            throw table.problem(row, column, e.cause(), e.fix());
        }
    }

    private static void events(DataTable table, DataTable states, List<String> names, List<Event> events) {
        var index = states.index("name");
        for (int i = 0; i < table.rows(); i++) {
            String name = table.text(i, "name");
            Event event =
                    events.stream().filter(e -> e.name.equals(name)).findFirst().orElse(null);
            if (event == null) {
                event = new Event(name, compile(table, i, "falls", names));
                events.add(event);
            }
            if (!table.text(i, "state").isEmpty()) {
                event.targets.add(table.reference(i, "state", index));
                event.values.add(compile(table, i, "value", names));
            }
        }
    }

    /** Every name once, in the order of the vector of values. */
    private static final class Names {
        final List<String> list = new ArrayList<>();

        void add(String name) {
            list.add(name);
        }

        void addAll(DataTable table) {
            for (int i = 0; i < table.rows(); i++) {
                add(table, i);
            }
        }

        void add(DataTable table, int row) {
            String name = table.text(row, "name");
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw table.problem(
                        row, "name", "\"%s\" cannot name a value".formatted(name), "use letters, digits and _.");
            }
            if (list.contains(name)) {
                throw table.problem(row, "name", "\"%s\" is used twice".formatted(name), "rename one.");
            }
            list.add(name);
        }
    }

    private static final class Event {
        final String name;
        final Expression falls;
        final List<Integer> targets = new ArrayList<>();
        final List<Expression> values = new ArrayList<>();

        Event(String name, Expression falls) {
            this.name = name;
            this.falls = falls;
        }
    }

    private record Formulas(
            List<Expression> derivatives,
            List<Expression> outputs,
            List<Event> events,
            @SuppressWarnings("ArrayRecordComponent") double[] values,
            int firstOutput) {}

    private static final class Run extends Continuous {
        private static final double INTERNAL_STEP = 0.01;

        private final Formulas f;
        private final double[] v;
        private final double[] fresh;

        Run(Setup setup, List<Port> in, List<Port> out, double[] start, Formulas f) {
            super(setup, in, out, start, f.events().size(), SolverSettings.Method.RK4, INTERNAL_STEP);
            this.f = f;
            this.v = f.values();
            this.fresh = new double[start.length];
        }

        private void load(double t, double[] x, double[] u) {
            v[0] = t;
            System.arraycopy(x, 0, v, 1, x.length);
            System.arraycopy(u, 0, v, 1 + x.length, u.length);
        }

        @Override
        public void derivatives(double t, double[] x, double[] u, double[] dx) {
            load(t, x, u);
            for (int i = 0; i < x.length; i++) {
                dx[i] = f.derivatives().get(i).value(v);
            }
        }

        @Override
        protected void outputs(double t, double[] x, double[] u, double[] y) {
            load(t, x, u);
            System.arraycopy(x, 0, y, 0, x.length);
            for (int i = 0; i < f.outputs().size(); i++) {
                v[f.firstOutput() + i] = f.outputs().get(i).value(v);
                y[x.length + i] = v[f.firstOutput() + i];
            }
        }

        @Override
        protected double event(int index, double t, double[] x, double[] u) {
            load(t, x, u);
            return f.events().get(index).falls.value(v);
        }

        @Override
        protected String happened(int index, double t, double[] x, double[] u) {
            load(t, x, u);
            Event event = f.events().get(index);
            for (int i = 0; i < event.targets.size(); i++) {
                fresh[i] = event.values.get(i).value(v);
            }
            for (int i = 0; i < event.targets.size(); i++) {
                x[event.targets.get(i)] = fresh[i];
            }
            return event.name;
        }
    }
}
