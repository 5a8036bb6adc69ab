package org.uatwin.simulation.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.system.TableSpec.Column;

/**
 * A system of other models: outputs of members drive inputs of members. Members advance one after the other in the order of the table
 * (Gauss-Seidel): one sees the new outputs of those before it and the old ones of those after it. Halve the step to see the error
 * of the coupling.
 */
public final class Composite implements SystemModel {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final ModelCard CARD = ModelCard.named(
                    "Composite",
                    ModelCard.Kind.STEPPED,
                    "A system of other models whose outputs drive each other's inputs.")
            .valid("members without tables; coupling step = step of the case")
            .table(
                    "members",
                    true,
                    "in the order in which they advance",
                    Column.text("member", "name"),
                    Column.text("model", "name of its model"))
            .table(
                    "parameters",
                    false,
                    "parameters of members",
                    Column.text("member", "name"),
                    Column.text("parameter", "name"),
                    Column.number("value", "", -ANY, ANY, ""))
            .table(
                    "starts",
                    false,
                    "start values of members",
                    Column.text("member", "name"),
                    Column.text("state", "name"),
                    Column.number("value", "", -ANY, ANY, ""))
            .table(
                    "couplings",
                    false,
                    "input = offset + gain times output; several couplings of one input add up",
                    Column.text("from", "member.Output"),
                    Column.text("to", "member.Input"),
                    Column.optional("gain", "", 1, -ANY, ANY, ""),
                    Column.optional("offset", "", 0, -ANY, ANY, ""))
            .input("<member>.<input>", "", 0, -ANY, ANY, "inputs that no coupling drives")
            .output("<member>.<output>", "", "all outputs of all members")
            .time(3600, 1)
            .build();

    private final Function<String, Optional<SystemModel>> models;

    /** A composite of the models this finds by name. */
    public Composite(Function<String, Optional<SystemModel>> models) {
        this.models = models;
    }

    @Override
    public ModelCard card() {
        return CARD;
    }

    /** Those of its members, {@code member.Parameter}. */
    @Override
    public List<ParameterSpec> parameters(Setup setup) {
        DataTable table = setup.table("members");
        Map<String, Integer> index = table.index("member");
        List<ParameterSpec> all = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            SystemModel model = member(table, i);
            String name = table.text(i, "member");
            Map<String, Double> values = parameters(setup, i, index, model.card());
            for (ParameterSpec p : model.card().parameters()) {
                all.add(new ParameterSpec(
                        name + "." + p.name(),
                        p.unit(),
                        values.getOrDefault(p.name(), p.defaultValue()),
                        p.lower(),
                        p.upper(),
                        p.priorSigma(),
                        p.tunable(),
                        p.meaning(),
                        p.source()));
            }
        }
        return all;
    }

    private SystemModel member(DataTable table, int row) {
        String wanted = table.text(row, "model");
        return models.apply(wanted)
                .filter(m -> !(m instanceof Composite))
                .orElseThrow(() -> table.problem(
                        row,
                        "model",
                        "there is no model \"%s\" for a member".formatted(wanted),
                        "use a name of uatwin simulate --list."));
    }

    @Override
    public Simulation prepare(Setup setup) {
        DataTable table = setup.table("members");
        Map<String, Integer> index = table.index("member");
        List<Simulation> members = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            SystemModel model = member(table, i);
            Setup own = new Setup(
                    model.card(),
                    changed(setup, table.text(i, "member"), parameters(setup, i, index, model.card()), model.card()),
                    Map.of(),
                    starts(setup, i, index),
                    setup.solver(),
                    setup.seed() + 31L * i);
            try {
                members.add(model.prepare(own));
            } catch (SetupException e) {
                throw table.problem(
                        i, "model", "%s: %s: %s".formatted(table.text(i, "member"), e.target(), e.cause()), e.fix());
            }
            names.add(table.text(i, "member"));
        }
        return new Run(members, names, couplings(setup, members, names));
    }

    private static Map<String, Double> parameters(Setup setup, int member, Map<String, Integer> index, ModelCard card) {
        Map<String, Double> found = new HashMap<>();
        setup.optionalTable("parameters").ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                if (t.reference(i, "member", index) != member) {
                    continue;
                }
                int row = i;
                ParameterSpec spec = card.parameter(t.text(i, "parameter"))
                        .orElseThrow(() -> t.problem(
                                row,
                                "parameter",
                                "%s has no parameter \"%s\"".formatted(card.name(), t.text(row, "parameter")),
                                "names: uatwin simulate --describe %s.".formatted(card.name())));
                double value = t.number(i, "value");
                if (!(value >= spec.lower() && value <= spec.upper())) {
                    throw t.problem(
                            i,
                            "value",
                            "%s is outside %s".formatted(Port.number(value), Port.range(spec.lower(), spec.upper())),
                            "write a value in it.");
                }
                found.put(spec.name(), value);
            }
        });
        return found;
    }

    /** Values of the table, and those of the setup that go before them. */
    private static Map<String, Double> changed(
            Setup setup, String member, Map<String, Double> ofTable, ModelCard card) {
        Map<String, Double> values = new HashMap<>(ofTable);
        for (ParameterSpec p : card.parameters()) {
            double given = setup.given(member + "." + p.name(), Double.NaN);
            if (!Double.isNaN(given)) {
                values.put(p.name(), given);
            }
        }
        return values;
    }

    private static Map<String, Double> starts(Setup setup, int member, Map<String, Integer> index) {
        Map<String, Double> found = new HashMap<>();
        setup.optionalTable("starts").ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                if (t.reference(i, "member", index) == member) {
                    found.put(t.text(i, "state"), t.number(i, "value"));
                }
            }
        });
        return found;
    }

    private record Coupling(int from, int output, int to, int input, double gain, double offset) {}

    private static List<Coupling> couplings(Setup setup, List<Simulation> members, List<String> names) {
        List<Coupling> couplings = new ArrayList<>();
        setup.optionalTable("couplings").ifPresent(t -> {
            for (int i = 0; i < t.rows(); i++) {
                int from = member(t, i, "from", names);
                int to = member(t, i, "to", names);
                couplings.add(new Coupling(
                        from,
                        port(t, i, "from", members.get(from).outputs()),
                        to,
                        port(t, i, "to", members.get(to).inputs()),
                        t.number(i, "gain"),
                        t.number(i, "offset")));
            }
        });
        return couplings;
    }

    private static int member(DataTable t, int row, String column, List<String> names) {
        String text = t.text(row, column);
        int dot = text.indexOf('.');
        int index = dot < 0 ? -1 : names.indexOf(text.substring(0, dot));
        if (index < 0) {
            throw t.problem(
                    row,
                    column,
                    "\"%s\" names no member".formatted(text),
                    "write member.Name; members: " + names + ".");
        }
        return index;
    }

    private static int port(DataTable t, int row, String column, List<Port> ports) {
        String name = t.text(row, column).substring(t.text(row, column).indexOf('.') + 1);
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).name().equals(name)) {
                return i;
            }
        }
        List<String> names = ports.stream().map(Port::name).toList();
        throw t.problem(
                row,
                column,
                "there is no \"%s\"%s".formatted(name, org.uatwin.simulation.contract.NearestName.hint(name, names)),
                "write one of its names.");
    }

    private static final class Run implements Simulation {
        private final List<Simulation> members;
        private final List<String> names;
        private final List<Coupling> couplings;
        private final List<Port> inputs = new ArrayList<>();
        private final List<Port> outputs = new ArrayList<>();
        private final double[][] in;
        private final double[][] out;
        private final int[][] outer; // index of the composite's input, -1 when coupled
        private final double[][] low;
        private final double[][] high;

        Run(List<Simulation> members, List<String> names, List<Coupling> couplings) {
            this.members = members;
            this.names = names;
            this.couplings = couplings;
            int n = members.size();
            in = new double[n][];
            out = new double[n][];
            outer = new int[n][];
            low = new double[n][];
            high = new double[n][];
            for (int m = 0; m < n; m++) {
                List<Port> ports = members.get(m).inputs();
                in[m] = new double[ports.size()];
                out[m] = new double[members.get(m).outputs().size()];
                outer[m] = new int[ports.size()];
                low[m] = ports.stream().mapToDouble(Port::lower).toArray();
                high[m] = ports.stream().mapToDouble(Port::upper).toArray();
                for (int i = 0; i < ports.size(); i++) {
                    int member = m;
                    int input = i;
                    boolean isCoupled = couplings.stream().anyMatch(c -> c.to() == member && c.input() == input);
                    outer[m][i] = isCoupled ? -1 : inputs.size();
                    if (!isCoupled) {
                        inputs.add(named(names.get(m), ports.get(i)));
                    }
                }
                for (Port port : members.get(m).outputs()) {
                    outputs.add(named(names.get(m), port));
                }
            }
        }

        private static Port named(String member, Port p) {
            return new Port(member + "." + p.name(), p.unit(), p.defaultValue(), p.lower(), p.upper(), p.meaning());
        }

        @Override
        public List<Port> inputs() {
            return inputs;
        }

        @Override
        public List<Port> outputs() {
            return outputs;
        }

        /** Inputs of one member from outside and from the present outputs of the others. */
        private void gather(int m, double[] from) {
            for (int i = 0; i < in[m].length; i++) {
                in[m][i] = outer[m][i] >= 0 ? from[outer[m][i]] : 0;
            }
            for (Coupling c : couplings) {
                if (c.to() == m) {
                    in[m][c.input()] += c.offset() + c.gain() * out[c.from()][c.output()];
                }
            }
            for (int i = 0; i < in[m].length; i++) {
                in[m][i] = Math.max(low[m][i], Math.min(high[m][i], in[m][i]));
            }
        }

        @Override
        public void begin(double[] from) {
            for (int m = 0; m < members.size(); m++) {
                gather(m, from);
                members.get(m).begin(in[m]);
                members.get(m).read(out[m]);
            }
        }

        @Override
        public void advance(double[] from, double fromSeconds, double toSeconds) {
            for (int m = 0; m < members.size(); m++) {
                gather(m, from);
                members.get(m).advance(in[m], fromSeconds, toSeconds);
                members.get(m).read(out[m]);
            }
        }

        @Override
        public void continueFrom(Simulation before) {
            Run other = (Run) before;
            for (int m = 0; m < members.size(); m++) {
                members.get(m).continueFrom(other.members.get(m));
                System.arraycopy(other.in[m], 0, in[m], 0, in[m].length);
                System.arraycopy(other.out[m], 0, out[m], 0, out[m].length);
            }
        }

        @Override
        public boolean replace(String state, double value) {
            int dot = state.indexOf('.');
            int member = dot < 0 ? -1 : names.indexOf(state.substring(0, dot));
            return member >= 0 && members.get(member).replace(state.substring(dot + 1), value);
        }

        @Override
        public void observe(double[] from) {
            for (int m = 0; m < members.size(); m++) {
                gather(m, from);
                members.get(m).observe(in[m]);
                members.get(m).read(out[m]);
            }
        }

        @Override
        public void read(double[] y) {
            int at = 0;
            for (double[] values : out) {
                System.arraycopy(values, 0, y, at, values.length);
                at += values.length;
            }
        }

        @Override
        public List<Happening> happenings() {
            Map<Happening, Integer> all = new LinkedHashMap<>();
            for (int m = 0; m < members.size(); m++) {
                for (Happening h : members.get(m).happenings()) {
                    all.put(new Happening(h.atSeconds(), names.get(m) + "." + h.name()), m);
                }
            }
            return all.keySet().stream()
                    .sorted(java.util.Comparator.comparingDouble(Happening::atSeconds))
                    .toList();
        }

        @Override
        public List<Figure> figures() {
            List<Figure> all = new ArrayList<>();
            for (int m = 0; m < members.size(); m++) {
                for (Figure f : members.get(m).figures()) {
                    all.add(new Figure(names.get(m) + "." + f.name(), f.unit(), f.value()));
                }
            }
            return all;
        }
    }
}
