package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.MemberName;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinLevel;
import org.uatwin.informationmodel.type.TwinType;

/** Reads twin types, those of the built-in library and those of a plant file alike. */
final class TypeReader {
    private final Section.Context context;
    private final Map<String, TwinType> known;
    private final ModelCatalog models;
    private final PointDefaults defaults;
    private final Optional<MaintenanceReader> maintenance;
    private final Map<String, Yaml.Entry> declared = new LinkedHashMap<>();
    private final Map<String, TwinType> read = new LinkedHashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> inProgress = new HashSet<>();

    /**
     * @param known types declared elsewhere; they may be extended, not declared again.
     * @param maintenance reads what types say of their maintenance; empty where they say nothing.
     */
    TypeReader(
            Section.Context context,
            Map<String, TwinType> known,
            ModelCatalog models,
            PointDefaults defaults,
            Optional<MaintenanceReader> maintenance) {
        this.maintenance = maintenance;
        this.defaults = defaults;
        this.context = context;
        this.known = known;
        this.models = models;
    }

    private Optional<String> modelName(Section s) {
        Optional<String> name = s.text("model");
        List<String> all = models.models();
        if (name.isPresent() && !all.isEmpty() && !all.contains(name.get())) {
            s.error("model", "unknown simulation model \"%s\"".formatted(name.get()))
                    .fix(Nearest.advice(name.get(), all));
        }
        return name;
    }

    /** The types declared below {@code node}, by name in order; broken ones are left out, with findings. */
    Map<String, TwinType> read(Yaml node) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            context.findings()
                    .error(node, "", "types must be a mapping from names, this is " + node.kind())
                    .fix("write one type per name below types:, indented.");
            return Map.of();
        }
        for (Yaml.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            if (!MemberName.isValid(name)) {
                context.findings()
                        .error(entry.key(), name, "\"%s\" is no type name".formatted(name))
                        .fix("use ASCII letters and digits, a letter first, for example Mixer.");
                broken.add(name);
            } else if (known.containsKey(name)) {
                context.findings()
                        .error(entry.key(), name, "the built-in library already has a type %s".formatted(name))
                        .fix("give yours another name; it may say extends: %s.".formatted(name));
            } else {
                declared.put(name, entry);
            }
        }
        Map<String, TwinType> inOrder = new LinkedHashMap<>();
        for (String name : declared.keySet()) {
            type(name).ifPresent(type -> inOrder.put(name, type));
        }
        return inOrder;
    }

    /** Whether a type of that name was declared but is broken: its users need no second finding. */
    boolean isBroken(String name) {
        return broken.contains(name);
    }

    private Optional<TwinType> type(String name) {
        if (known.containsKey(name)) {
            return Optional.ofNullable(known.get(name));
        }
        Yaml.Entry entry = declared.get(name);
        if (entry == null || broken.contains(name)) {
            return Optional.empty();
        }
        if (!read.containsKey(name)) {
            inProgress.add(name);
            int errors = context.findings().errorCount();
            Optional<TwinType> type = declare(name, entry);
            inProgress.remove(name);
            if (type.isEmpty() || broken.contains(name) || context.findings().errorCount() > errors) {
                broken.add(name);
                return Optional.empty();
            }
            read.put(name, type.get());
        }
        return Optional.ofNullable(read.get(name));
    }

    private Optional<TwinType> declare(String name, Yaml.Entry entry) {
        Optional<Section> found = Section.of(context, Keys.TYPE, entry.value(), Template.Scope.NONE, name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Section s = found.get();
        Optional<TwinType> base = base(s);
        Optional<String> version = s.text("version");
        if (version.isPresent() && !version.get().matches("\\d{1,5}\\.\\d{1,5}\\.\\d{1,5}")) {
            s.error("version", "version must be major.minor.patch: \"%s\"".formatted(version.get()))
                    .fix("write for example version: 1.0.0.");
        }
        String level = s.choice("level");
        TwinLevel twinLevel = level.isEmpty()
                ? base.map(TwinType::level).orElse(TwinLevel.ASSET)
                : TwinLevel.valueOf(level.toUpperCase(Locale.ROOT));
        if (base.isPresent() && base.get().level() != twinLevel) {
            s.error(
                            "level",
                            "%s extends %s, which is of level %s"
                                    .formatted(
                                            name, base.get().name(), base.get().level()))
                    .fix("remove level; an extended type keeps it.");
        }
        Optional<String> model = modelName(s).or(() -> base.flatMap(TwinType::modelName));
        boolean isSection = s.node("maintenance") instanceof Yaml.Mapping;
        maintenance.ifPresent(reader -> reader.type(s, base, model.orElse("")));
        boolean isWatched = s.has("maintenance")
                ? isSection || s.bool("maintenance")
                : model.isPresent()
                        || base.filter(TwinType::isWatched).isPresent()
                        || WatchReader.isAskedFor(s)
                        || s.entries("points").stream().anyMatch(point -> VibrationReader.isGiven(point.value()));
        List<Member> members = members(s, base, isWatched);
        return Optional.of(new TwinType(
                name,
                version.orElse("0.0.0"),
                twinLevel,
                orName(s.localized("name"), name),
                s.localized("description"),
                model,
                base,
                isWatched,
                members));
    }

    private static Text orName(Text text, String name) {
        return text.isEmpty() ? Text.of(name) : text;
    }

    private Optional<TwinType> base(Section s) {
        Optional<String> wanted = s.text("extends");
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        String name = wanted.get();
        if (inProgress.contains(name)) {
            s.error("extends", "%s extends itself, through %s".formatted(s.subject(), name))
                    .fix("break the circle.");
            return Optional.empty();
        }
        Optional<TwinType> base = type(name);
        if (base.isEmpty() && !broken.contains(name)) {
            List<String> names = new ArrayList<>(known.keySet());
            names.addAll(declared.keySet());
            s.error("extends", "unknown type \"%s\"".formatted(name)).fix(Nearest.advice(name, names));
        } else if (base.isEmpty()) {
            broken.add(s.subject()); // the extended type has its finding already
        }
        return base;
    }

    private List<Member> members(Section s, Optional<TwinType> base, boolean isWatched) {
        Map<String, Member> members = new LinkedHashMap<>();
        base.ifPresent(b -> {
            b.members().stream()
                    .filter(member -> isWatched || !TwinMethods.isOfMaintenance(member))
                    .forEach(member -> members.put(member.name(), member));
            defaults.inherit(s.subject(), b);
        });
        PointReader points = new PointReader(context);
        Map<Member.Point, Yaml> vibrating = new LinkedHashMap<>(); // whose results are new in this type
        for (Yaml.Entry entry : s.entries("points")) {
            String name = entry.key().text();
            Member inherited = memberName(s, entry, members.get(name), Member.Point.class);
            points.read(name, s.subject(), entry.value(), inherited instanceof Member.Point p ? p : null)
                    .ifPresent(point -> {
                        members.put(name, point);
                        boolean hadResults = hasVibration(s, name);
                        defaults.read(context, s.subject(), point, entry.value(), isWatched);
                        if (!hadResults && hasVibration(s, name)) {
                            vibrating.put(point, entry.value());
                        }
                    });
        }
        vibrating.forEach((point, node) -> addResults(s, point, node, members));
        for (String name : s.texts("methods")) {
            Optional<Member.Method> method = TwinMethods.named(name);
            boolean isForbidden = TwinMethods.isOfSystem(name) && !s.subject().equals(TwinReader.FILE_TYPE);
            if (method.isEmpty() || isForbidden) {
                s.error("methods", "unknown method \"%s\"".formatted(name))
                        .fix(Nearest.advice(name, TwinMethods.names()));
            } else if (members.get(name) != null && !(members.get(name) instanceof Member.Method)) {
                s.error("methods", "%s is already the name of another member".formatted(name))
                        .fix("rename that member.");
            } else {
                members.put(name, method.get());
            }
        }
        if (isWatched) {
            TwinMethods.ofWatchedTwins().forEach(method -> members.putIfAbsent(method.name(), method));
        }
        for (Yaml.Entry entry : s.entries("ratings")) {
            String name = entry.key().text();
            Member inherited = memberName(s, entry, members.get(name), Member.Rating.class);
            rating(name, s.subject(), entry.value(), inherited instanceof Member.Rating r ? r : null)
                    .ifPresent(rating -> members.put(name, rating));
        }
        return List.copyOf(members.values());
    }

    private boolean hasVibration(Section s, String point) {
        return defaults.ofReading(s.subject(), point).treatment().vibration().isPresent();
    }

    private void addResults(Section s, Member.Point waveform, Yaml node, Map<String, Member> members) {
        Section at = Section.unchecked(
                context, Keys.POINT, (Yaml.Mapping) node, Template.Scope.NONE, s.subject() + "/" + waveform.name());
        defaults.ofReading(s.subject(), waveform.name())
                .treatment()
                .vibration()
                .ifPresent(rule -> VibrationReader.points(at, waveform, rule, members::containsKey)
                        .forEach(point -> members.put(point.name(), point)));
    }

    /** Checks the name of a member; returns what it refines, null if it is new. */
    private @Nullable Member memberName(
            Section s, Yaml.Entry entry, @Nullable Member existing, Class<? extends Member> kind) {
        String name = entry.key().text();
        if (!MemberName.isValid(name)) {
            s.findings()
                    .error(entry.key(), s.subject(), "\"%s\" is no member name".formatted(name))
                    .fix("use ASCII letters and digits, a letter first, for example OutletPressure.");
        } else if (existing != null && !kind.isInstance(existing)) {
            s.findings()
                    .error(entry.key(), s.subject(), "%s is already the name of another member".formatted(name))
                    .fix("give it another name.");
        }
        return existing;
    }

    private Optional<Member.Rating> rating(String name, String type, Yaml node, Member.@Nullable Rating inherited) {
        if (!MemberName.isValid(name)) {
            return Optional.empty();
        }
        Optional<Section> found = Section.of(context, Keys.RATING, node, Template.Scope.NONE, type + "/" + name);
        return found.flatMap(s -> PointReader.unit(s).map(unit -> {
            var range = s.range("range").or(() -> inherited == null ? Optional.empty() : inherited.range());
            var value = s.number("value");
            if (range.isPresent() && value.isPresent() && !range.get().contains(value.getAsDouble())) {
                s.error(
                                "value",
                                "%s lies outside the range %s..%s"
                                        .formatted(
                                                Section.plain(value.getAsDouble()),
                                                Section.plain(range.get().low()),
                                                Section.plain(range.get().high())))
                        .fix("give a value within the range.");
            }
            return new Member.Rating(
                    name, orName(s.localized("name"), name), s.localized("description"), unit, value, range);
        }));
    }
}
