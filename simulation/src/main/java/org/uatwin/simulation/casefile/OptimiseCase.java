package org.uatwin.simulation.casefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uatwin.informationmodel.plant.Document;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.simulation.asset.ModelRegistry;
import org.uatwin.simulation.contract.LiveState;
import org.uatwin.simulation.contract.ModelBinding;
import org.uatwin.simulation.contract.ParameterSpec;
import org.uatwin.simulation.contract.TwinModel;
import org.uatwin.simulation.objective.Objectives;
import org.uatwin.simulation.objective.Optimisation;
import org.uatwin.simulation.objective.Settings;
import org.uatwin.simulation.scenario.RunTask;
import org.uatwin.simulation.scenario.Subject;
import org.uatwin.simulation.system.DataTable;
import org.uatwin.simulation.system.SetupException;
import org.uatwin.simulation.twin.BoundSystem;
import org.uatwin.simulation.twin.Composition;
import org.uatwin.simulation.twin.CoupledSystem;
import org.uatwin.simulation.twin.SystemTwin;
import org.uatwin.simulation.twin.TwinMember;

/**
 * Reads a case of {@code uatwin optimise}: a twin without a plant, with what its points read, and an objective with its settings. One
 * reading reports everything there is to mend. The grammar is in docs/reference/optimisation.md.
 */
public final class OptimiseCase {
    private static final List<String> OWN_KEYS = List.of("model", "id", "parameters", "tables", "members");
    private static final List<String> MEMBER_KEYS = List.of("id", "type", "parent", "parameters");
    private static final double MIDNIGHT = 0;

    private final Document document;
    private final ModelRegistry registry;
    private final SystemModels models;
    private final Values values = new Values();

    private OptimiseCase(Document document, ModelRegistry registry) {
        this.document = document;
        this.registry = registry;
        this.models = SystemModels.builtIn();
    }

    /**
     * What came of reading.
     *
     * @param task to perform; empty if there are errors.
     * @param model name and version.
     * @param findings what there is to mend, by place.
     * @param isUnreadable whether the file could not be read at all.
     */
    public record Reading(Optional<RunTask> task, String model, List<Finding> findings, boolean isUnreadable) {
        public Reading {
            findings = List.copyOf(findings);
        }
    }

    /** Reads a case; files it names are relative to its folder. */
    public static Reading read(Path path, ModelRegistry registry) {
        Document document = Document.read(path);
        Optional<Document.Node> root = document.root();
        if (root.isEmpty()) {
            return new Reading(Optional.empty(), "", document.findings(), true);
        }
        return new OptimiseCase(document, registry).read(root.get());
    }

    private Reading read(Document.Node root) {
        Optional<Subject> subject = root.isMapping() ? subject(root) : Optional.empty();
        Optional<RunTask> task = Optional.empty();
        if (subject.isPresent() && !document.hasErrors()) {
            String model = subject.get().description().name();
            Optimisation.Asked asked = new Optimisation.Asked(
                    subject.get(),
                    LiveState.of(Map.of()),
                    Objectives.builtIn().of(model),
                    objective -> Settings.defaults(objective.spec()),
                    MIDNIGHT);
            task = Optimisation.ofDocument(asked, root, OWN_KEYS, () -> 0);
        } else if (!root.isMapping()) {
            root.error("a case is a mapping of keys, this is " + root.kind(), "begin with uatwin: 1 and model:.");
        }
        return new Reading(
                document.hasErrors() ? Optional.empty() : task,
                subject.map(s -> s.description().versionText()).orElse(""),
                document.findings(),
                false);
    }

    private Optional<Subject> subject(Document.Node root) {
        String model = root.get("model").map(Document.Node::text).orElse("");
        String id = root.get("id").map(Document.Node::text).orElse("twin");
        List<TwinMember> members = members(root, id);
        Optional<Subject> own = single(root, model, id, members);
        Optional<Composition> composition = registry.composition(model);
        if (own.isEmpty() && composition.isEmpty()) {
            if (!document.hasErrors()) {
                List<String> names = new ArrayList<>(registry.names());
                names.addAll(registry.systemNames());
                names.addAll(registry.compositionNames());
                root.get("model")
                        .orElse(root)
                        .error("unknown model \"%s\"".formatted(model), Values.advice(model, names));
            }
            return Optional.empty();
        }
        if (composition.isEmpty() || document.hasErrors()) {
            return own;
        }
        List<Composition.Member> parts = new ArrayList<>();
        for (TwinMember member : members) {
            bound(member.types().get(0), member.id(), member.values(), Map.of(), List.of())
                    .ifPresent(s -> parts.add(new Composition.Member(member, s)));
        }
        return CoupledSystem.of(id, composition.get(), own, parts);
    }

    private Optional<Subject> single(Document.Node root, String model, String id, List<TwinMember> members) {
        List<ParameterSpec> specs = specs(model);
        Map<String, Double> parameters = new LinkedHashMap<>();
        root.get("parameters").ifPresent(node -> parameters.putAll(parameters(node, model, specs)));
        TableFiles files = new TableFiles();
        Map<String, DataTable> tables = registry.system(model).isPresent()
                ? models.find(model).map(m -> files.readGiven(m.card(), root)).orElse(Map.of())
                : Map.of();
        if (document.hasErrors()) {
            return Optional.empty();
        }
        try {
            return bound(model, id, parameters, tables, members);
        } catch (SetupException e) {
            if (!files.report(e)) {
                root.get("parameters")
                        .flatMap(p -> p.get(e.target()))
                        .orElse(root)
                        .error(e.cause(), e.fix());
            }
            return Optional.empty();
        }
    }

    private Optional<Subject> bound(
            String model,
            String id,
            Map<String, Double> parameters,
            Map<String, DataTable> tables,
            List<TwinMember> members) {
        Optional<TwinModel> machine = registry.find(model);
        if (machine.isPresent()) {
            return Optional.of(Subject.of(ModelBinding.of(id, machine.get(), parameters)));
        }
        return registry.system(model).map(system -> BoundSystem.of(id, system, parameters, tables, members));
    }

    private List<ParameterSpec> specs(String model) {
        return registry.find(model)
                .map(m -> m.description().parameters())
                .or(() -> registry.system(model).map(SystemTwin::parameters))
                .orElse(List.of());
    }

    private Map<String, Double> parameters(Document.Node node, String model, List<ParameterSpec> specs) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (Document.Field field : node.fields()) {
            String name = field.key().text();
            Optional<ParameterSpec> spec =
                    specs.stream().filter(s -> s.name().equals(name)).findFirst();
            if (spec.isEmpty()) {
                field.key()
                        .error(
                                "%s has no parameter \"%s\"".formatted(model, name),
                                Values.advice(
                                        name,
                                        specs.stream().map(ParameterSpec::name).toList()));
            } else {
                values.range(field.value(), name, spec.get().lower(), spec.get().upper())
                        .ifPresent(v -> found.put(name, v));
            }
        }
        return found;
    }

    /** Parts of a system; a member without a model of its own is a row of the system's tables, its parameters are ratings. */
    private List<TwinMember> members(Document.Node root, String system) {
        List<TwinMember> members = new ArrayList<>();
        for (Document.Node item : root.get("members").map(Document.Node::items).orElse(List.of())) {
            item.checkKeys(MEMBER_KEYS);
            String id = item.get("id").map(Document.Node::text).orElse("");
            String type = item.get("type").map(Document.Node::text).orElse("");
            if (id.isEmpty() || type.isEmpty()) {
                item.error("a member without id or type", "write id: and type:.");
                continue;
            }
            List<ParameterSpec> specs = specs(type);
            Map<String, Double> own = new LinkedHashMap<>();
            item.get("parameters").ifPresent(node -> {
                if (specs.isEmpty()) {
                    node.fields()
                            .forEach(f -> values.constant(f.value(), f.key().text())
                                    .ifPresent(v -> own.put(f.key().text(), v)));
                } else {
                    own.putAll(parameters(node, type, specs));
                }
            });
            String parent = item.get("parent").map(Document.Node::text).orElse(system);
            members.add(new TwinMember(id, parent, List.of(type), own));
        }
        return members;
    }

    @Override
    public String toString() {
        return "case of " + document.folder();
    }
}
