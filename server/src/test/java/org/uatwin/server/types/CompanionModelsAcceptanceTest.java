package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Our tables against the published models: a client bound to a companion specification must find its ids and names. */
@Tag("acceptance")
@Tag("shared")
class CompanionModelsAcceptanceTest {

    /** A reference, always written forward. */
    private record Link(NodeId source, NodeId type, NodeId target) {}

    private static final Map<String, Integer> INDEXES = Map.of(
            NamespaceRegistry.DI_URI, NamespaceRegistry.DI,
            NamespaceRegistry.IA_URI, NamespaceRegistry.IA,
            NamespaceRegistry.MACHINERY_URI, NamespaceRegistry.MACHINERY);

    private static final Map<NodeId, Element> published = new HashMap<>();
    private static final Map<NodeId, Model> models = new HashMap<>();
    private static final Set<Link> publishedLinks = new HashSet<>();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static BareServer bare;

    /** How one file counts namespaces and abbreviates ids. */
    private record Model(List<Integer> namespaces, Map<String, String> aliases) {
        NodeId id(String text) {
            String full = aliases.getOrDefault(text.strip(), text.strip());
            int namespace = 0;
            if (full.startsWith("ns=")) {
                namespace = Integer.parseInt(full.substring(3, full.indexOf(';')));
                full = full.substring(full.indexOf(';') + 1);
            }
            return new NodeId(namespaces.get(namespace), Integer.parseInt(full.substring(2)));
        }

        QualifiedName name(String text) {
            int colon = text.matches("\\d+:.*") ? text.indexOf(':') : -1;
            int namespace = colon < 0 ? 0 : namespaces.get(Integer.parseInt(text.substring(0, colon)));
            return new QualifiedName(namespace, text.substring(colon + 1));
        }
    }

    @BeforeAll
    static void read(@TempDir Path directory) throws Exception {
        bare = new BareServer(directory);
        for (String file :
                List.of("Opc.Ua.Di.NodeSet2.xml", "Opc.Ua.IA.NodeSet2.xml", "Opc.Ua.Machinery.NodeSet2.xml")) {
            readModel(nodesets().resolve(file));
        }
    }

    @AfterAll
    static void stop() {
        bare.close();
    }

    @Test
    void everyNodeIsPublishedWithTheSameAttributes() {
        List<String> differences = new ArrayList<>();
        for (UaNode node : companionNodes()) {
            Element element = published.get(node.getNodeId());
            Model model = models.get(node.getNodeId());
            if (element == null || model == null) {
                differences.add(node.getNodeId() + " " + node.getBrowseName() + " is not published");
                continue;
            }
            compare(differences, node, "NodeClass", "UA" + node.getNodeClass(), element.getTagName());
            compare(
                    differences,
                    node,
                    "BrowseName",
                    node.getBrowseName(),
                    model.name(element.getAttribute("BrowseName")));
            String isAbstract = element.getAttribute("IsAbstract");
            if (node instanceof UaObjectTypeNode type) {
                compare(differences, node, "IsAbstract", type.getIsAbstract(), Boolean.valueOf(isAbstract));
            } else if (node instanceof UaVariableTypeNode type) {
                compare(differences, node, "IsAbstract", type.getIsAbstract(), Boolean.valueOf(isAbstract));
                compare(differences, node, "DataType", type.getDataType(), dataType(model, element));
                compare(differences, node, "ValueRank", type.getValueRank(), rank(element));
            } else if (node instanceof UaVariableNode variable) {
                compare(differences, node, "DataType", variable.getDataType(), dataType(model, element));
                compare(differences, node, "ValueRank", variable.getValueRank(), rank(element));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(companionNodes()).hasSizeGreaterThan(250);
    }

    // Supertypes, places in the tree, type definitions, modelling rules, interfaces, states of transitions.
    @Test
    void referencesAmongOurNodesAreThePublishedOnes() {
        Set<NodeId> held =
                new HashSet<>(companionNodes().stream().map(UaNode::getNodeId).toList());
        Set<Link> ours = new HashSet<>();
        for (NodeId id : held) {
            bare.types.getNodeManager().getReferences(id).forEach(r -> {
                NodeId other = r.getTargetNodeId()
                        .toNodeId(bare.server.getNamespaceTable())
                        .orElseThrow();
                if (other.getNamespaceIndex().intValue() == 0 || held.contains(other)) {
                    ours.add(
                            r.isForward()
                                    ? new Link(id, r.getReferenceTypeId(), other)
                                    : new Link(other, r.getReferenceTypeId(), id));
                }
            });
        }
        Set<Link> expected = new HashSet<>();
        for (Link link : publishedLinks) {
            boolean isOurs = held.contains(link.source()) || held.contains(link.target());
            if (isOurs && known(held, link.source()) && known(held, link.target()) && known(held, link.type())) {
                expected.add(link);
            }
        }
        assertThat(ours).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void noMandatoryMemberOfOurTypesIsLeftOut() {
        Set<NodeId> held =
                new HashSet<>(companionNodes().stream().map(UaNode::getNodeId).toList());
        List<Link> missing = publishedLinks.stream()
                .filter(link -> held.contains(link.source()) && !held.contains(link.target()))
                .filter(link -> publishedLinks.contains(
                        new Link(link.target(), NodeIds.HasModellingRule, NodeIds.ModellingRule_Mandatory)))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void publishedValuesAreOurs() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (UaNode node : companionNodes()) {
            Element element = published.get(node.getNodeId());
            String name = String.valueOf(node.getBrowseName().name());
            if (!(node instanceof UaVariableNode variable) || element == null || name.equals("IsNamespaceSubset")) {
                continue;
            }
            Object value = variable.getValue().value().value();
            List<String> texts = texts(
                    element,
                    switch (name) {
                        case "StateNumber", "TransitionNumber" -> "UInt32";
                        case "InputArguments", "OutputArguments", "DefaultInstanceBrowseName" -> "Name";
                        case "EnumStrings" -> "Text";
                        case "NamespaceUri", "NamespaceVersion" -> "String";
                        default -> "none";
                    });
            if (!texts.isEmpty()) {
                compare(differences, node, "value", new TreeSet<>(plain(value)), new TreeSet<>(texts));
                compared++;
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(60);
    }

    private static List<String> plain(@Nullable Object value) {
        if (value instanceof Object[] elements) {
            List<String> all = new ArrayList<>();
            for (Object element : elements) {
                all.addAll(plain(element));
            }
            return all;
        }
        if (value instanceof ExtensionObject xo
                && xo.decode(bare.server.getStaticEncodingContext()) instanceof Argument argument) {
            return List.of(String.valueOf(argument.getName()));
        }
        if (value instanceof org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText text) {
            return List.of(String.valueOf(text.text()));
        }
        return List.of(value instanceof QualifiedName name ? String.valueOf(name.name()) : String.valueOf(value));
    }

    private static List<String> texts(Element element, String tag) {
        NodeList values = element.getElementsByTagName("Value");
        List<String> texts = new ArrayList<>();
        if (values.getLength() > 0) {
            NodeList found = ((Element) values.item(0)).getElementsByTagNameNS("*", tag);
            for (int i = 0; i < found.getLength(); i++) {
                texts.add(found.item(i).getTextContent().strip());
            }
        }
        return texts;
    }

    private static boolean known(Set<NodeId> held, NodeId id) {
        return id.getNamespaceIndex().intValue() == 0 || held.contains(id);
    }

    private static List<UaNode> companionNodes() {
        return bare.types.getNodeManager().getNodes().stream()
                .filter(node -> INDEXES.containsValue(
                        node.getNodeId().getNamespaceIndex().intValue()))
                .toList();
    }

    private static NodeId dataType(Model model, Element element) {
        String text = element.getAttribute("DataType");
        return text.isEmpty() ? NodeIds.BaseDataType : model.id(text);
    }

    private static int rank(Element element) {
        String text = element.getAttribute("ValueRank");
        return text.isEmpty() ? -1 : Integer.parseInt(text);
    }

    private static void compare(List<String> differences, UaNode node, String what, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            differences.add("%s %s: %s is %s, published %s"
                    .formatted(
                            node.getNodeId().toParseableString(),
                            node.getBrowseName().name(),
                            what,
                            ours,
                            theirs));
        }
    }

    private static void readModel(Path file) throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        List<Integer> namespaces = new ArrayList<>(List.of(0));
        for (Element uri : elements(root, "Uri")) {
            namespaces.add(INDEXES.getOrDefault(uri.getTextContent().strip(), 0));
        }
        Map<String, String> aliases = new HashMap<>();
        for (Element alias : elements(root, "Alias")) {
            aliases.put(alias.getAttribute("Alias"), alias.getTextContent().strip());
        }
        Model model = new Model(namespaces, aliases);
        for (Element reference : elements(root, "Reference")) {
            Element node = (Element) reference.getParentNode().getParentNode();
            NodeId source = model.id(node.getAttribute("NodeId"));
            published.put(source, node);
            models.put(source, model);
            NodeId type = model.id(reference.getAttribute("ReferenceType"));
            NodeId target = model.id(reference.getTextContent());
            boolean isInverse = reference.getAttribute("IsForward").equals("false");
            publishedLinks.add(isInverse ? new Link(target, type, source) : new Link(source, type, target));
        }
    }

    private static List<Element> elements(Element root, String tag) {
        NodeList list = root.getElementsByTagNameNS("*", tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < list.getLength(); i++) {
            elements.add((Element) list.item(i));
        }
        return elements;
    }

    /** The folder {@code shared/nodesets} beside the working copy or above it. */
    private static Path nodesets() {
        String shared = System.getProperty("uatwin.shared");
        if (shared != null) {
            return Path.of(shared).resolve("nodesets");
        }
        Path root = Path.of(System.getProperty("uatwin.root", ".")).toAbsolutePath();
        for (Path at = root; at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("nodesets");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no shared/nodesets beside or above " + root);
    }
}
