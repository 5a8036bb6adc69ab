package org.uatwin.server.types;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.BrowseContext;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReferenceResult.ReferenceList;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.UaEnumeratedType;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.util.ArrayUtil;
import org.jspecify.annotations.Nullable;

/**
 * Walks a server's address space by its AddressSpaceManager, from Root or from given nodes, and reports every rule a node
 * breaks (information-model.md 6.8, 4.10; OPC UA Part 3). Managed and computed nodes are treated alike.
 *
 * <p>Both-ends and naming rules hold in namespaces above 1 only; the others everywhere. Milo's own breaches in namespaces
 * 0 and 1 are reported as well: a test compares them with its list.
 */
public final class AddressSpaceWalk {

    /** The rules, as a list of known breaches names them. */
    public enum Rule {
        MANDATORY_MEMBER,
        BOTH_ENDS,
        UNIQUE_NAME,
        VALUE,
        TARGET_EXISTS,
        PROPERTY_CHILDLESS,
        NAMING,
        TYPE_DEFINITION
    }

    /** One breach of a rule by a node. */
    public record Breach(Rule rule, NodeId node, String text) {
        /** What a list of known breaches holds. */
        public String key() {
            return rule + " " + node.toParseableString();
        }
    }

    /** The breaches found and how many nodes were visited. */
    public record Report(List<Breach> breaches, int nodes) {

        /** Breaches of nodes in the given namespaces. */
        public List<Breach> ofNamespaces(Integer... namespaces) {
            Set<Integer> wanted = Set.of(namespaces);
            return breaches.stream()
                    .filter(b -> wanted.contains(b.node().getNamespaceIndex().intValue()))
                    .toList();
        }

        /** Breaches of nodes in namespaces 0 and 1, as sorted keys. */
        public SortedSet<String> miloKeys() {
            return ofNamespaces(0, 1).stream().map(Breach::key).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The keys of {@code milo-deviations.txt}: what Milo breaks in a server without sessions. */
    public static SortedSet<String> listedMiloDeviations() {
        try (InputStream in = AddressSpaceWalk.class.getResourceAsStream("milo-deviations.txt")) {
            if (in == null) {
                throw new IllegalStateException("milo-deviations.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final int LARGE = 100;
    private static final Set<NodeId> INSTANCE_OF_TYPE = Set.of(NodeIds.HasTypeDefinition, NodeIds.HasModellingRule);
    private static final Pattern RUN = Pattern.compile("[^/]+/Runs/[0-9a-f-]{36}");
    private static final Pattern PASCAL = Pattern.compile("<?[A-Z][A-Za-z0-9_]*>?");
    private static final ViewDescription NO_VIEW = new ViewDescription(
            NodeId.NULL_VALUE,
            org.eclipse.milo.opcua.stack.core.types.builtin.DateTime.MIN_VALUE,
            org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint(0));

    private final OpcUaServer server;
    private final Map<NodeId, List<Reference>> references = new HashMap<>();
    private final Map<NodeId, Set<Reference>> largeSets = new HashMap<>();
    private final Map<NodeId, Set<NodeId>> chains = new HashMap<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final Map<NodeId, Optional<QualifiedName>> browseNames = new HashMap<>();

    public AddressSpaceWalk(OpcUaServer server) {
        this.server = server;
    }

    /** Walks everything that forward references reach from Root. */
    public Report walk() {
        return walk(Integer.MAX_VALUE);
    }

    /** As {@link #walk()}, but visits at most so many nodes. */
    public Report walk(int limit) {
        Set<NodeId> seen = new LinkedHashSet<>(List.of(NodeIds.RootFolder));
        Deque<NodeId> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            NodeId node = open.remove();
            for (Reference reference : referencesOf(node)) {
                Optional<NodeId> target = target(reference);
                if (reference.isForward() && target.isPresent() && seen.size() < limit && seen.add(target.get())) {
                    open.add(target.get());
                }
            }
        }
        return check(seen);
    }

    /**
     * Checks so many nodes: each is found by going down from one of the roots along hierarchical references, up to three
     * steps, each choice by chance.
     */
    public Report sample(List<NodeId> roots, int count, Random random) {
        Set<NodeId> chosen = new LinkedHashSet<>();
        for (long tries = 0; chosen.size() < count && tries < 20L * count; tries++) {
            NodeId node = roots.get(random.nextInt(roots.size()));
            for (int steps = random.nextInt(4); steps > 0; steps--) {
                List<NodeId> below = referencesOf(node).stream()
                        .filter(r -> r.isForward() && isHierarchical(r.getReferenceTypeId()))
                        .map(this::target)
                        .flatMap(Optional::stream)
                        .toList();
                if (below.isEmpty()) {
                    break;
                }
                node = below.get(random.nextInt(below.size()));
            }
            chosen.add(node);
        }
        return check(chosen);
    }

    /** Checks the given nodes only. */
    public Report check(Collection<NodeId> nodes) {
        nodes.forEach(this::check);
        return new Report(List.copyOf(breaches), nodes.size());
    }

    private void check(NodeId node) {
        NodeClass nodeClass = nodeClass(node);
        if (nodeClass == null) {
            return; // reported by the reference that led here
        }
        checkReferences(node);
        checkNames(node, nodeClass);
        if (nodeClass == NodeClass.Object || nodeClass == NodeClass.Variable) {
            checkInstance(node, nodeClass);
        }
        if (nodeClass == NodeClass.Variable) {
            checkValue(node);
        }
    }

    private void checkReferences(NodeId node) {
        for (Reference reference : referencesOf(node)) {
            Optional<NodeId> target = target(reference);
            if (target.isEmpty() || nodeClass(target.get()) == null) {
                report(
                        Rule.TARGET_EXISTS,
                        node,
                        "%s to %s".formatted(reference.getReferenceTypeId(), reference.getTargetNodeId()));
            } else if ((isOurs(node) || isOurs(target.get())) && needsBothEnds(reference.getReferenceTypeId())) {
                if (!answered(target.get(), reference, node)) {
                    report(
                            Rule.BOTH_ENDS,
                            node,
                            "%s to %s is not answered there"
                                    .formatted(name(reference.getReferenceTypeId()), name(target.get())));
                }
            }
        }
        Set<Reference> distinct = new HashSet<>(referencesOf(node));
        if (distinct.size() != referencesOf(node).size()) {
            report(Rule.BOTH_ENDS, node, "answers a reference twice");
        }
    }

    private boolean answered(NodeId target, Reference reference, NodeId node) {
        List<Reference> back = referencesOf(target);
        Reference wanted = new Reference(
                target,
                reference.getReferenceTypeId(),
                node.expanded(),
                reference.isForward() ? Reference.Direction.INVERSE : Reference.Direction.FORWARD);
        return back.size() < LARGE
                ? back.contains(wanted)
                : largeSets.computeIfAbsent(target, t -> new HashSet<>(back)).contains(wanted);
    }

    private boolean needsBothEnds(NodeId referenceType) {
        return isHierarchical(referenceType)
                || referenceType.equals(NodeIds.HasInterface)
                || referenceType.equals(NodeIds.HasCondition);
    }

    private void checkNames(NodeId node, NodeClass nodeClass) {
        Map<QualifiedName, NodeId> names = new HashMap<>();
        for (NodeId child : children(node)) {
            QualifiedName name = browseName(child);
            NodeId other = name == null ? null : names.put(name, child);
            if (other != null && !other.equals(child)) {
                report(
                        Rule.UNIQUE_NAME,
                        node,
                        "two children named %s: %s, %s".formatted(String.valueOf(name), other, child));
            }
        }
        QualifiedName name = browseName(node);
        if (name == null || name.name() == null || name.name().isEmpty()) {
            report(Rule.NAMING, node, "no BrowseName");
        } else if (isOurs(node)) {
            if (name.namespaceIndex().intValue() != 0) { // Part 11 spells "HA Configuration" with a blank
                checkOwnName(node, nodeClass, name.name());
            }
        }
    }

    private void checkOwnName(NodeId node, NodeClass nodeClass, String name) {
        boolean isType = nodeClass == NodeClass.ObjectType || nodeClass == NodeClass.VariableType;
        if (isType && !name.endsWith("Type")) {
            report(Rule.NAMING, node, "type %s does not end in Type".formatted(name));
        }
        boolean isMetadata =
                NodeIds.NamespaceMetadataType.equals(typeDefinition(node).orElse(null));
        boolean isTwin = node.getNamespaceIndex().intValue() == NamespaceRegistry.FIRST_SITE
                && !String.valueOf(node.getIdentifier()).contains("/"); // named by its owner, in his alphabet
        boolean isRun = RUN.matcher(String.valueOf(node.getIdentifier())).matches(); // named by its RunId
        if (!isMetadata && !isTwin && !isRun && !PASCAL.matcher(name).matches()) {
            report(Rule.NAMING, node, "%s is not PascalCase".formatted(name));
        }
    }

    private void checkInstance(NodeId node, NodeClass nodeClass) {
        Optional<NodeId> type = typeDefinition(node);
        NodeClass wanted = nodeClass == NodeClass.Object ? NodeClass.ObjectType : NodeClass.VariableType;
        if (type.isEmpty() || nodeClass(type.get()) != wanted) {
            report(Rule.TYPE_DEFINITION, node, "HasTypeDefinition %s".formatted(type));
            return;
        }
        if (type.get().equals(NodeIds.PropertyType)) {
            if (!children(node).isEmpty()) {
                report(Rule.PROPERTY_CHILDLESS, node, "children %s".formatted(children(node)));
            }
            return;
        }
        Set<String> reported = new HashSet<>();
        for (NodeId declaring : typeChain(type.get())) {
            checkMembers(node, node, declaring, "", reported);
        }
        for (NodeId implemented : forward(node, NodeIds.HasInterface)) {
            typeChain(implemented).forEach(declaring -> checkMembers(node, node, declaring, "", reported));
        }
    }

    /** Holds an instance against the declarations below a type; below a member that is there, its own declarations count. */
    private void checkMembers(NodeId root, NodeId node, NodeId declaring, String path, Set<String> reported) {
        for (NodeId declaration : children(declaring)) {
            List<NodeId> rules = forward(declaration, NodeIds.HasModellingRule);
            QualifiedName name = browseName(declaration);
            boolean isMandatory = rules.contains(NodeIds.ModellingRule_Mandatory);
            if (name == null || !(isMandatory || rules.contains(NodeIds.ModellingRule_Optional))) {
                continue;
            }
            String memberPath = path + "/" + name.toParseableString();
            List<NodeId> present = children(node).stream()
                    .filter(child -> name.equals(browseName(child)))
                    .toList();
            if (isMandatory && present.size() != 1 && reported.add(memberPath)) {
                report(Rule.MANDATORY_MEMBER, root, "%s is there %d times".formatted(memberPath, present.size()));
            }
            if (!present.isEmpty() && !present.get(0).equals(declaration) && memberPath.length() < 1_000) {
                checkMembers(root, present.get(0), declaration, memberPath, reported);
            }
        }
    }

    /** A type, its supertypes and the interfaces of all of them. */
    private Set<NodeId> typeChain(NodeId type) {
        Set<NodeId> known = chains.get(type);
        if (known != null) {
            return known;
        }
        Set<NodeId> chain = new LinkedHashSet<>(List.of(type));
        referencesOf(type).stream()
                .filter(r -> r.isInverse() && r.getReferenceTypeId().equals(NodeIds.HasSubtype))
                .forEach(r -> target(r).ifPresent(superType -> chain.addAll(typeChain(superType))));
        forward(type, NodeIds.HasInterface).forEach(i -> chain.addAll(typeChain(i)));
        chains.put(type, chain);
        return chain;
    }

    private void checkValue(NodeId node) {
        DataValue value = read(node, AttributeId.Value);
        Object dataType = read(node, AttributeId.DataType).value().value();
        Object rank = read(node, AttributeId.ValueRank).value().value();
        if (!(dataType instanceof NodeId type) || !(rank instanceof Integer valueRank)) {
            report(
                    Rule.VALUE,
                    node,
                    "DataType %s, ValueRank %s".formatted(String.valueOf(dataType), String.valueOf(rank)));
            return;
        }
        if (nodeClass(type) != NodeClass.DataType) {
            report(Rule.VALUE, node, "DataType %s does not exist".formatted(type.toParseableString()));
        }
        Object content = value.value().value();
        if (content == null) {
            if (value.statusCode().isGood()) {
                report(Rule.VALUE, node, "null with status Good");
            }
            return;
        }
        int dimensions = content instanceof Matrix matrix
                ? matrix.getDimensions().length
                : content.getClass().isArray() ? 1 : 0;
        if (!rankFits(valueRank, dimensions)) {
            report(Rule.VALUE, node, "%d dimensions for ValueRank %d".formatted(dimensions, valueRank));
        }
        List<Object> elements = content instanceof Matrix matrix
                ? Arrays.asList((Object[]) ArrayUtil.flatten(matrix.getElements()))
                : dimensions == 1 ? Arrays.asList((Object[]) content) : List.of(content);
        for (Object element : elements) {
            if (element != null && !typeFits(type, element)) {
                report(
                        Rule.VALUE,
                        node,
                        "%s for DataType %s".formatted(element.getClass().getSimpleName(), name(type)));
                return;
            }
        }
    }

    private static boolean rankFits(int valueRank, int dimensions) {
        return switch (valueRank) {
            case -3 -> dimensions <= 1;
            case -2 -> true;
            case -1 -> dimensions == 0;
            case 0 -> dimensions >= 1;
            default -> dimensions == valueRank;
        };
    }

    private boolean typeFits(NodeId type, Object element) {
        var tree = server.getDataTypeTree();
        if (type.equals(NodeIds.BaseDataType)) {
            return true;
        }
        if (element instanceof ExtensionObject xo) {
            NodeId encoding = xo.getEncodingOrTypeId();
            return tree.isStructType(type) && (type.equals(NodeIds.Structure) || encodes(type, encoding));
        }
        if (element instanceof UaStructuredType structure) { // held decoded, encoded when a client reads it
            NodeId id =
                    structure.getTypeId().toNodeId(server.getNamespaceTable()).orElse(NodeId.NULL_VALUE);
            return id.equals(type) || tree.isSubtypeOf(id, type);
        }
        if (tree.isEnumType(type)) {
            return element instanceof Integer || element instanceof UaEnumeratedType;
        }
        return tree.isAssignable(type, element.getClass());
    }

    /** Whether an encoding node belongs to a type or one of its subtypes. */
    private boolean encodes(NodeId type, NodeId encoding) {
        if (type.equals(encoding) || forward(type, NodeIds.HasEncoding).contains(encoding)) {
            return true;
        }
        return forward(type, NodeIds.HasSubtype).stream().anyMatch(subtype -> encodes(subtype, encoding));
    }

    private List<NodeId> children(NodeId node) {
        return referencesOf(node).stream()
                .filter(r -> r.isForward()
                        && !r.getReferenceTypeId().equals(NodeIds.HasSubtype)
                        && isAggregating(r.getReferenceTypeId()))
                .map(this::target)
                .flatMap(Optional::stream)
                .toList();
    }

    private List<NodeId> forward(NodeId node, NodeId referenceType) {
        return referencesOf(node).stream()
                .filter(r -> r.isForward() && r.getReferenceTypeId().equals(referenceType))
                .map(this::target)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<NodeId> typeDefinition(NodeId node) {
        return forward(node, NodeIds.HasTypeDefinition).stream().findFirst();
    }

    private boolean isHierarchical(NodeId referenceType) {
        return !INSTANCE_OF_TYPE.contains(referenceType)
                && server.getReferenceTypeTree().isSubtypeOf(referenceType, NodeIds.HierarchicalReferences);
    }

    private boolean isAggregating(NodeId referenceType) {
        return server.getReferenceTypeTree().isSubtypeOf(referenceType, NodeIds.Aggregates);
    }

    private static boolean isOurs(NodeId node) {
        return node.getNamespaceIndex().intValue() > 1;
    }

    private Optional<NodeId> target(Reference reference) {
        return reference.getTargetNodeId().toNodeId(server.getNamespaceTable());
    }

    private List<Reference> referencesOf(NodeId node) {
        return references.computeIfAbsent(node, id -> {
            var result = server.getAddressSpaceManager()
                    .browse(new BrowseContext(server, null), NO_VIEW, List.of(id))
                    .get(0);
            return result instanceof ReferenceList list ? list.references() : List.of();
        });
    }

    private @Nullable NodeClass nodeClass(NodeId node) {
        Object value = read(node, AttributeId.NodeClass).value().value();
        return value instanceof NodeClass nodeClass ? nodeClass : value instanceof Integer i ? NodeClass.from(i) : null;
    }

    private @Nullable QualifiedName browseName(NodeId node) {
        return browseNames
                .computeIfAbsent(
                        node,
                        id -> read(id, AttributeId.BrowseName).value().value() instanceof QualifiedName name
                                ? Optional.of(name)
                                : Optional.empty())
                .orElse(null);
    }

    private String name(NodeId node) {
        QualifiedName name = browseName(node);
        return name == null ? node.toParseableString() : name.toParseableString();
    }

    private DataValue read(NodeId node, AttributeId attribute) {
        return server.getAddressSpaceManager()
                .read(
                        new ReadContext(server, null),
                        0.0,
                        TimestampsToReturn.Both,
                        List.of(new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE)))
                .get(0);
    }

    private void report(Rule rule, NodeId node, String text) {
        breaches.add(new Breach(rule, node, name(node) + ": " + text));
    }
}
