package org.uatwin.server.method;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.uatwin.informationmodel.plant.ModelTable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.TwinType;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveReading;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.estimation.Followable;
import org.uatwin.simulation.objective.Objective;
import org.uatwin.simulation.objective.Objectives;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.system.TableSpec;
import org.uatwin.simulation.twin.BoundSystem;
import org.uatwin.simulation.twin.Composition;
import org.uatwin.simulation.twin.CoupledSystem;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.Tables;
import org.uatwin.simulation.twin.TwinMember;

/** Twins bound to their simulation models, and their live state as a model reads it. Any thread. */
public final class TwinModels {
    private static final double SECONDS_PER_HOUR = 3600;

    private final ModelRegistry registry;
    private final Objectives objectives = Objectives.builtIn();
    private final PointTable table;
    private final Function<TwinInstance, List<TwinInstance>> parts;
    /** By instance: a reload that changes a twin makes another instance, and the old one is not kept for its model. */
    private final Map<TwinInstance, Bound> subjects = Collections.synchronizedMap(new WeakHashMap<>());

    /** A subject and the parts it was bound with: a reload may change them and leave the twin itself alone. */
    private record Bound(Subject subject, List<TwinInstance> parts) {}

    /**
     * Subjects are made when they are asked for.
     *
     * @param parts twins that a twin is made of, at present.
     */
    public TwinModels(ModelRegistry registry, PointTable table, Function<TwinInstance, List<TwinInstance>> parts) {
        this.registry = registry;
        this.table = table;
        this.parts = parts;
    }

    /**
     * The model of a twin; empty if its type names none, or one this server does not have.
     *
     * @throws org.uatwin.simulation.system.SetupException if what the plant file says cannot be simulated.
     */
    public Optional<Subject> subject(TwinInstance instance) {
        List<TwinInstance> present = members(instance);
        Bound bound = subjects.get(instance);
        if (bound != null && bound.parts().equals(present)) {
            return Optional.of(bound.subject());
        }
        Optional<Subject> made = instance.type().modelName().flatMap(name -> bind(name, instance, present));
        made.ifPresent(subject -> subjects.put(instance, new Bound(subject, List.copyOf(present))));
        return made;
    }

    /** What a twin is followed with; empty if its model is none that can be, or the plant file says that it is not. */
    public Optional<Followable> followable(TwinInstance instance) {
        if (!instance.twin().isFollowed()) {
            return Optional.empty();
        }
        Optional<String> name = instance.type().modelName();
        Optional<TwinModel> model = name.flatMap(registry::find);
        if (model.isPresent()) {
            return Optional.of(Followable.of(bind(model.get(), instance)));
        }
        try {
            return name.flatMap(registry::system).flatMap(system -> system(
                            system,
                            instance,
                            members(instance).stream().map(TwinModels::member).toList())
                    .followable());
        } catch (SetupException e) {
            return Optional.empty(); // questions to this twin are answered Bad_ConfigurationError
        }
    }

    private static ModelBinding bind(TwinModel model, TwinInstance instance) {
        return ModelBinding.of(
                instance.id(),
                model,
                known(values(instance), model.description().parameters()));
    }

    private Optional<Subject> bind(String name, TwinInstance instance, List<TwinInstance> present) {
        List<TwinMember> members = present.stream().map(TwinModels::member).toList();
        Optional<Subject> own = single(name, instance, members);
        Optional<Composition> composition = registry.composition(name);
        if (composition.isEmpty()) {
            return own;
        }
        List<Composition.Member> parts = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            TwinInstance part = present.get(i);
            TwinMember member = members.get(i);
            part.type()
                    .modelName()
                    .flatMap(model -> single(model, part, List.of()))
                    .ifPresent(subject -> parts.add(new Composition.Member(member, subject)));
        }
        return CoupledSystem.of(instance.id(), composition.get(), own, parts);
    }

    /** The model of one twin by itself. */
    private Optional<Subject> single(String name, TwinInstance instance, List<TwinMember> members) {
        Optional<TwinModel> model = registry.find(name);
        if (model.isPresent()) {
            return Optional.of(Subject.of(bind(model.get(), instance)));
        }
        return registry.system(name).map(system -> system(system, instance, members));
    }

    private static BoundSystem system(SystemTwin system, TwinInstance instance, List<TwinMember> members) {
        return BoundSystem.of(
                instance.id(), system, known(values(instance), system.parameters()), tables(instance, system), members);
    }

    private static Map<String, DataTable> tables(TwinInstance instance, SystemTwin system) {
        Map<String, DataTable> tables = new HashMap<>();
        for (TableSpec spec : system.tables()) {
            ModelTable given = instance.twin().modelTables().get(spec.name());
            if (given != null) {
                tables.put(spec.name(), Tables.of(spec, Tables.read(spec, given).rows()));
            }
        }
        return tables;
    }

    private static TwinMember member(TwinInstance part) {
        return new TwinMember(part.id(), part.twin().parentId().orElse(""), names(part.type()), values(part));
    }

    /** What a twin is made of: its parts, and theirs. */
    private List<TwinInstance> members(TwinInstance instance) {
        List<TwinInstance> all = new ArrayList<>();
        for (TwinInstance part : parts.apply(instance)) {
            all.add(part);
            all.addAll(parts.apply(part));
        }
        return all;
    }

    private static Map<String, Double> known(Map<String, Double> values, List<ParameterSpec> specs) {
        Map<String, Double> known = new HashMap<>();
        for (ParameterSpec spec : specs) {
            Double value = values.get(spec.name());
            if (value != null) {
                known.put(spec.name(), value);
            }
        }
        return known;
    }

    /** Ratings, those of the type included, then parameters of the model. */
    private static Map<String, Double> values(TwinInstance instance) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Member.Rating rating : instance.type().ratings()) {
            rating.value().ifPresent(value -> values.put(rating.name(), value));
        }
        values.putAll(instance.twin().ratings());
        values.putAll(instance.twin().modelParameters());
        return values;
    }

    private static List<String> names(TwinType type) {
        List<String> names = new ArrayList<>();
        for (Optional<TwinType> t = Optional.of(type);
                t.isPresent();
                t = t.get().superType()) {
            names.add(t.get().name());
        }
        return names;
    }

    /** Time of day in hours, in the time zone of this machine. */
    static double hourOfDay(long now) {
        return UaTime.toInstant(now)
                        .atZone(ZoneId.systemDefault())
                        .toLocalTime()
                        .toSecondOfDay()
                / SECONDS_PER_HOUR;
    }

    /** What can be optimised about a twin, the default first. */
    List<Objective> objectives(TwinInstance instance) {
        return instance.type().modelName().map(objectives::of).orElse(List.of());
    }

    /** Twins a twin is made of, and theirs: those whose estimates an answer of it stands on. */
    public List<TwinInstance> parts(TwinInstance instance) {
        return members(instance);
    }

    /**
     * A consistent snapshot of the twin's numeric points and of those of its parts that the model reads. Points that are not bound or
     * never had a value are absent; two-state points read 0 or 1; values are in the model's units.
     *
     * @param now {@link UaTime} ticks ages are counted to.
     */
    public LiveState snapshot(TwinInstance instance, Subject subject, long now) {
        Map<String, String> units = subject.points();
        List<Source> sources = new ArrayList<>();
        add(instance, "", units, sources);
        for (TwinInstance part : members(instance)) {
            add(part, part.id() + "/", units, sources);
        }
        int[] rows = sources.stream().mapToInt(Source::row).toArray();
        Map<String, LiveReading> readings = new HashMap<>();
        List<Sample> samples = table.snapshot(rows).samples();
        for (int i = 0; i < rows.length; i++) {
            Sample sample = samples.get(i);
            Source source = sources.get(i);
            if (sample.receiveTime() != 0 && sample.object() == null) {
                double age = Math.max(0, UaTime.secondsBetween(sample.sourceTime(), now));
                double value = source.scale().toModel(source.point().dataType().toDouble(sample.bits()));
                if (Double.isFinite(value)) {
                    readings.put(
                            source.name(),
                            new LiveReading(value, sample.status().isGood(), age));
                }
            }
        }
        if (subject.description().stateIndex(BoundSystem.TIME_OF_DAY) >= 0) {
            readings.put(BoundSystem.TIME_OF_DAY, LiveReading.good(hourOfDay(now)));
        }
        return LiveState.of(readings);
    }

    /**
     * A point to read.
     *
     * @param name as the model knows it.
     */
    private record Source(String name, int row, Member.Point point, PointScale scale) {}

    private static void add(TwinInstance instance, String prefix, Map<String, String> units, List<Source> sources) {
        List<Member.Point> points = instance.type().points();
        for (int i = 0; i < points.size(); i++) {
            String name = prefix + points.get(i).name();
            boolean isWanted = prefix.isEmpty() || units.containsKey(name);
            if (isWanted && !points.get(i).isArray()) {
                PointScale scale = PointScale.of(points.get(i), units.get(name));
                sources.add(new Source(name, instance.firstRow() + i, points.get(i), scale));
            }
        }
    }
}
