package org.uatwin.informationmodel.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.control.ControlRules;
import org.uatwin.informationmodel.maintenance.AssetMaintenance;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.type.Text;
import org.uatwin.informationmodel.type.TwinType;

/** Reads {@code twins:}: single ones, ranges and tables; equal parts become one shared object. */
final class TwinReader {
    /** Type of the plant file's own twin. */
    static final String FILE_TYPE = "PlantFile";

    static final String SERVER_TYPE = "ServerQueues";

    static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String TYPES_FOLDER = "types";

    private final Section.Context context;
    private final String siteId;
    private final Map<String, TwinType> types;
    private final TypeReader ownTypes;
    private final Connections connections;
    private final BindingReader bindings;
    private final PointBinder points;
    private final ControlReader control = new ControlReader();
    private final MaintenanceReader maintenance;
    private final TableReader tables;
    private final ModelTables modelTables;
    private final ModelCatalog models;
    private final List<ReadTwin> result = new ArrayList<>();
    private final Map<String, ReadTwin> byId = new HashMap<>();
    private final Map<String, Findings.Spot> aliases = new HashMap<>();
    private final Map<Object, Object> shared = new HashMap<>();

    /**
     * A twin and where it was read.
     *
     * @param scope gives the table's row, if it came from one.
     */
    record ReadTwin(Twin twin, Yaml.Mapping entry, Template.Scope scope) {
        Findings.Spot spot(Section.Context context, String key) {
            Yaml node = entry.get(key);
            return context.spot(node == null ? entry : node, scope);
        }
    }

    TwinReader(
            Section.Context context,
            String siteId,
            Map<String, TwinType> types,
            TypeReader ownTypes,
            Connections connections,
            TableReader tables,
            ModelCatalog models,
            PointDefaults defaults,
            MaintenanceReader maintenance) {
        this.maintenance = maintenance;
        this.context = context;
        this.siteId = siteId;
        this.types = types;
        this.ownTypes = ownTypes;
        this.connections = connections;
        this.bindings = new BindingReader(context, connections);
        this.points = new PointBinder(bindings, defaults);
        this.tables = tables;
        this.modelTables = new ModelTables(tables, models);
        this.models = models;
    }

    List<ReadTwin> read(Yaml node) {
        if (!(node instanceof Yaml.Sequence list)) {
            context.findings()
                    .error(node, "", "twins must be a list, this is " + node.kind())
                    .fix("begin every twin with a dash: - id: pump-01.");
            return result;
        }
        for (Yaml item : list.items()) {
            entry(item);
        }
        return result;
    }

    private void entry(Yaml item) {
        if (!(item instanceof Yaml.Mapping mapping)) {
            context.findings()
                    .error(item, "", "a twin must be a mapping of keys, this is " + item.kind())
                    .fix("write - id: pump-01, and the other keys below it.");
            return;
        }
        List<String> given = new ArrayList<>();
        for (String key : List.of("id", "ids", "table")) {
            if (mapping.get(key) != null) {
                given.add(key);
            }
        }
        String subject = mapping.get("id") instanceof Yaml.Scalar s ? s.text() : "";
        Optional<Section> found = Section.of(context, Keys.TWIN, mapping, Template.Scope.NONE, subject);
        if (given.size() != 1) {
            context.findings()
                    .error(
                            mapping,
                            subject,
                            given.isEmpty() ? "a twin has no id" : String.join(" and ", given) + " are given")
                    .fix("give one of id (one twin), ids (a range such as pump-{001..500}) or table (a CSV file).");
            return;
        }
        Section s = found.orElseThrow();
        switch (given.get(0)) {
            case "id" -> s.text("id").ifPresent(id -> twin(id, mapping, Template.Scope.NONE, true));
            case "ids" -> range(s, mapping);
            default -> tables.rows(s).forEach(row -> twin(row.id(), mapping, row.scope(), row.isFirst()));
        }
    }

    private void range(Section s, Yaml.Mapping mapping) {
        if (!(s.node("ids") instanceof Yaml.Scalar scalar)) {
            s.error("ids", "ids must be a text").fix("write for example ids: pump-{001..500}.");
            return;
        }
        try {
            boolean isFirst = true;
            for (IdRange.Instance instance : IdRange.parse(scalar.text()).instances(Template.Scope.NONE)) {
                twin(instance.name(), mapping, instance.scope(), isFirst);
                isFirst = false;
            }
        } catch (Template.TemplateException e) {
            s.error("ids", String.valueOf(e.getMessage())).fix("write for example ids: pump-{001..500}.");
        }
    }

    private void twin(String id, Yaml.Mapping mapping, Template.Scope scope, boolean isFirst) {
        Section s = Section.unchecked(context, Keys.TWIN, mapping, scope, id);
        String idKey = mapping.get("id") != null ? "id" : mapping.get("ids") != null ? "ids" : "table";
        Findings.Spot spot = scope.row() != null ? scope.row() : s.spot(idKey);
        if (!checkId(id, spot)) {
            return;
        }
        TwinType type = type(s);
        if (type == null) {
            return;
        }
        Connections.Source device = null;
        boolean isDeviceBroken = false;
        if (s.has("device")) {
            device = bindings.findDevice(s, "device");
            isDeviceBroken = device == null;
        } else {
            device = connections.only().orElse(null);
        }
        PollGroup group = null;
        if (s.has("poll") && device != null) {
            group = bindings.findGroup(s, device);
        }
        if (s.has("base") && device instanceof Connections.Field) {
            s.error("base", "base concerns Modbus addresses; %s has none".formatted(device.label()))
                    .fix("remove base; placeholders such as {id} make addresses differ.");
        }
        var around = new BindingReader.Surroundings(device, group, base(s), isDeviceBroken);
        PointBinder.Bound bound = points.bind(s, type, around, isFirst);
        long bases = BindingLayout.bases(bound.bindings);
        Twin twin = new Twin(
                siteId,
                id,
                type,
                share(s.localized("name")),
                share(s.localized("description")),
                place(s),
                s.text("parent"),
                identification(s, isFirst),
                ratings(s, type),
                modelParameters(s, type),
                share(modelTables.of(s, type)),
                s.bool("follow"),
                share(BindingLayout.of(bound.bindings, bases)),
                bases,
                share(bound.treatments),
                aliases(s, id),
                share(control.read(s, type, isFirst)),
                share(maintenance.twin(s, type, isFirst)));
        ReadTwin read = new ReadTwin(twin, mapping, scope);
        result.add(read);
        byId.put(id, read);
    }

    private boolean checkId(String id, Findings.Spot spot) {
        if (!ID.matcher(id).matches() || id.length() > 128) {
            context.findings()
                    .error(spot, id, "\"%s\" is no twin id".formatted(id))
                    .detail("Ids become NodeIds, where / separates members.")
                    .fix("use letters, digits, _ . and -, at most 128.");
            return false;
        }
        if (id.startsWith("_") || id.equals(TYPES_FOLDER)) {
            context.findings()
                    .error(spot, id, "the id \"%s\" is reserved".formatted(id))
                    .detail("Ids that begin with _ belong to links and devices, \"types\" to the file's own types.")
                    .fix("choose another id.");
            return false;
        }
        ReadTwin earlier = byId.get(id);
        if (earlier != null) {
            Findings.Spot first =
                    earlier.scope().row() != null ? earlier.scope().row() : Findings.Spot.of(earlier.entry());
            context.findings()
                    .error(spot, id, "a second twin of this id")
                    .detail("The first one is in %s line %d.".formatted(first.file(), first.line()))
                    .fix("ids are unique in the plant; rename one.");
            return false;
        }
        return true;
    }

    private @Nullable TwinType type(Section s) {
        Optional<String> name = s.text("type");
        if (name.isEmpty()) {
            return null;
        }
        TwinType type = types.get(name.get());
        if (type == null && !ownTypes.isBroken(name.get())) {
            s.error("type", "unknown type \"%s\"".formatted(name.get()))
                    .fix(Nearest.advice(name.get(), types.keySet()));
        }
        return type;
    }

    private Place place(Section s) {
        String area = s.text("area", "");
        String line = s.text("line", "");
        if (area.isEmpty() && !line.isEmpty()) {
            s.error("line", "a line belongs to an area").fix("add area: to the twin.");
            return Place.SITE;
        }
        for (String key : List.of("area", "line")) {
            if (s.text(key, "").contains("/")) {
                s.error(key, "%s must not contain /: \"%s\"".formatted(key, s.text(key, "")))
                        .fix("use another sign.");
            }
        }
        return share(area.isEmpty() ? Place.SITE : new Place(area, line));
    }

    private Identification identification(Section s, boolean isFirst) {
        Yaml node = s.node("identification");
        if (node == null) {
            return Identification.NOTHING_GIVEN;
        }
        Optional<Section> found = isFirst || !(node instanceof Yaml.Mapping mapping)
                ? s.section("identification")
                : Optional.of(Section.unchecked(context, Keys.IDENTIFICATION, mapping, s.scope(), s.subject()));
        return found.map(i -> {
                    Text manufacturer = i.localized("manufacturer");
                    Text model = i.localized("model");
                    return share(new Identification(
                            manufacturer.isEmpty() ? Text.of("unknown") : manufacturer,
                            i.text("serialNumber", ""),
                            i.text("productInstanceUri", ""),
                            model.isEmpty() ? Optional.empty() : Optional.of(model),
                            i.text("productCode"),
                            i.text("hardwareRevision"),
                            i.text("softwareRevision"),
                            i.text("assetId"),
                            i.text("location"),
                            i.optionalInteger("yearOfConstruction")));
                })
                .orElse(Identification.NOTHING_GIVEN);
    }

    private Map<String, Double> ratings(Section s, TwinType type) {
        Map<String, Double> values = numbers(s, "ratings");
        for (Member.Rating rating : type.ratings()) {
            Double value = values.get(rating.name());
            if (value == null && rating.value().isEmpty()) {
                s.error("ratings", "%s needs the rating %s".formatted(type.name(), rating.name()))
                        .fix("add ratings: {%s: value in %s}."
                                .formatted(rating.name(), rating.unit().symbol()));
            } else if (value != null
                    && rating.range().isPresent()
                    && !rating.range().get().contains(value)) {
                s.error(
                                "ratings",
                                "%s must be %s..%s %s: %s"
                                        .formatted(
                                                rating.name(),
                                                Section.plain(
                                                        rating.range().get().low()),
                                                Section.plain(
                                                        rating.range().get().high()),
                                                rating.unit().symbol(),
                                                Section.plain(value)))
                        .fix("check value and unit.");
            }
        }
        if (s.node("ratings") instanceof Yaml.Mapping given) {
            for (Yaml.Entry entry : given.entries()) {
                String name = entry.key().text();
                List<String> known =
                        type.ratings().stream().map(Member.Rating::name).toList();
                if (!known.contains(name)) {
                    s.findings()
                            .error(entry.key(), s.subject(), "%s has no rating \"%s\"".formatted(type.name(), name))
                            .fix(Nearest.advice(name, known));
                }
            }
        }
        return values;
    }

    private Map<String, Double> modelParameters(Section s, TwinType type) {
        Map<String, Double> values = numbers(s, "model");
        String model = type.modelName().orElse("");
        if (values.isEmpty() || models.models().isEmpty()) {
            return values;
        }
        if (!models.models().contains(model)) {
            s.error("model", "%s has no simulation model, so it has no parameters".formatted(type.name()))
                    .fix("remove model, or give the type one with model: NAME.");
            return values;
        }
        List<String> known = models.parameters(model);
        for (Yaml.Entry entry : s.entries("model")) {
            String name = entry.key().text();
            if (!known.contains(name)) {
                context.findings()
                        .error(entry.key(), s.subject(), "model %s has no parameter \"%s\"".formatted(model, name))
                        .fix(Nearest.advice(name, known));
            } else if (values.containsKey(name)) {
                models.problem(model, name, values.get(name)).ifPresent(problem -> context.findings()
                        .error(entry.key(), s.subject(), problem)
                        .fix("check value and unit."));
            }
        }
        return values;
    }

    private Map<String, Double> numbers(Section s, String key) {
        if (!s.has(key)) {
            return Map.of();
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Yaml.Entry entry : s.entries(key)) {
            OptionalDouble value = s.number(entry.value(), entry.key().text());
            value.ifPresent(v -> values.put(entry.key().text(), v));
        }
        return share(Map.copyOf(values));
    }

    private List<String> aliases(Section s, String id) {
        if (!s.has("aliases")) {
            return List.of();
        }
        List<String> names = s.texts("aliases");
        for (String name : names) {
            Findings.Spot earlier = aliases.putIfAbsent(name, s.spot("aliases"));
            if (!ID.matcher(name).matches()) {
                s.error("aliases", "\"%s\" is no twin id".formatted(name)).fix("use letters, digits, _ . and -.");
            } else if (earlier != null || name.equals(id)) {
                s.error("aliases", "the alias \"%s\" is taken".formatted(name))
                        .fix("an alias is the former id of one twin only.");
            }
        }
        return List.copyOf(names);
    }

    private BindingReader.Base base(Section s) {
        Yaml node = s.node("base");
        if (!(node instanceof Yaml.Mapping mapping)) {
            s.section("base"); // reports what it is
            return BindingReader.Base.NONE;
        }
        Section b = Section.unchecked(context, Keys.BASE, mapping, s.scope(), s.subject());
        return new BindingReader.Base(
                b.integer("coil"), b.integer("discrete"), b.integer("input"), b.integer("holding"));
    }

    @SuppressWarnings("unchecked") // the map holds each object under itself
    private <T> T share(T value) {
        return (T) shared.computeIfAbsent(value, v -> v);
    }

    /** The twins of the plant file, of the server, of links and of devices; their constants are bound. */
    List<Twin> systemTwins() {
        List<Twin> twins = new ArrayList<>();
        twins.add(ownTwin(Plant.FILE_TWIN, FILE_TYPE, "Plant file"));
        twins.add(ownTwin(Plant.SERVER_TWIN, SERVER_TYPE, "Server queues"));
        for (Connection connection : connections.all()) {
            String linkId = "_" + connection.name();
            TwinType linkType = systemType(connection.linkType());
            @Nullable
            Binding[] link = new @Nullable Binding[linkType.declaredPoints().size()];
            bindConstant(linkType, "Endpoint", new Binding.Constant(0, connection.endpoint()), link);
            twins.add(systemTwin(linkId, linkType, connection.name(), Optional.empty(), link));
            for (Connection.Device device : connection.devices()) {
                TwinType type = systemType(connection.deviceType());
                @Nullable
                Binding[] bound = new @Nullable Binding[type.declaredPoints().size()];
                if (device instanceof ModbusDevice modbus) {
                    bindConstant(type, "UnitId", new Binding.Constant(modbus.unitId(), null), bound);
                }
                twins.add(systemTwin(linkId + "." + device.name(), type, device.name(), Optional.of(linkId), bound));
            }
        }
        return twins;
    }

    private Twin ownTwin(String id, String typeName, String name) {
        TwinType type = systemType(typeName);
        return systemTwin(
                id,
                type,
                name,
                Optional.empty(),
                new @Nullable Binding[type.declaredPoints().size()]);
    }

    private TwinType systemType(String name) {
        TwinType type = types.get(name);
        if (type == null) {
            throw new IllegalStateException("no type " + name + "; a protocol names it for its links or devices");
        }
        return type;
    }

    private static void bindConstant(
            TwinType type, String point, Binding.Constant constant, @Nullable Binding[] bindings) {
        if (type.pointOrdinal(point) >= 0) {
            bindings[type.pointOrdinal(point)] = constant;
        }
    }

    private Twin systemTwin(String id, TwinType type, String name, Optional<String> parent, @Nullable Binding[] bound) {
        return new Twin(
                siteId,
                id,
                type,
                Text.of(name),
                Text.EMPTY,
                Place.SITE,
                parent,
                Identification.NOTHING_GIVEN,
                Map.of(),
                Map.of(),
                Map.of(),
                false,
                BindingLayout.of(bound, 0),
                0,
                Treatments.NONE,
                List.of(),
                ControlRules.NONE,
                AssetMaintenance.NONE);
    }
}
