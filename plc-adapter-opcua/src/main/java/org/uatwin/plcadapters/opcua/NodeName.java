package org.uatwin.plcadapters.opcua;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.uatwin.informationmodel.plant.AddressException;

/**
 * A node as a plant file names it: {@code nsu=<uri>;s=...}, {@code ns=<index>;s=...} or, of namespace 0, {@code i=...} alone (OPC UA Part
 * 6, 5.3.1.10 and 5.3.1.11).
 *
 * @param namespaceUri empty if an index was given.
 * @param namespaceIndex the index given; 0 if there is a URI.
 * @param identifier type and identifier, for example {@code s=Boiler.Temperature}.
 */
record NodeName(String namespaceUri, int namespaceIndex, String identifier) {
    private static final Pattern FORM =
            Pattern.compile("(?:nsu=(?<uri>[^;]+);|ns=(?<index>\\d{1,5});)?(?<id>[isgb]=.+)", Pattern.DOTALL);

    /** @throws AddressException if the text is no NodeId. */
    static NodeName parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw notOne(text, "");
        }
        String uri = Optional.ofNullable(matcher.group("uri")).orElse("");
        String indexText = matcher.group("index");
        int index = indexText == null ? 0 : Integer.parseInt(indexText);
        if (index > 65_535) {
            throw notOne(text, "A namespace index is 0..65535.");
        }
        NodeName name = new NodeName(decoded(uri), index, matcher.group("id"));
        try {
            name.nodeId(index);
        } catch (IllegalArgumentException e) {
            throw notOne(text, "What follows %s must be %s.".formatted(name.identifier.substring(0, 2), name.wanted()));
        }
        return name;
    }

    private static AddressException notOne(String text, String detail) {
        return new AddressException(
                "\"%s\" is no NodeId".formatted(text),
                detail,
                "write nsu=<namespace URI>;s=<name>, as a client such as UaExpert shows it; also i= (number), g= (GUID), b= (base64).");
    }

    /** Part 6, 5.3.1.11: a semicolon and a percent sign in a URI are escaped. */
    private static String decoded(String uri) {
        return uri.replace("%3B", ";").replace("%3b", ";").replace("%25", "%");
    }

    private static String encoded(String uri) {
        return uri.replace("%", "%25").replace(";", "%3B");
    }

    private String wanted() {
        return switch (identifier.charAt(0)) {
            case 'i' -> "a number 0..4294967295";
            case 'g' -> "a GUID such as 72962b91-fa75-4ae6-8d28-b404dc7daf63";
            default -> "base64";
        };
    }

    boolean hasUri() {
        return !namespaceUri.isEmpty();
    }

    /**
     * The NodeId in a server with this NamespaceArray; empty if it lacks the namespace.
     *
     * @param namespaces URIs by index.
     */
    Optional<NodeId> resolve(List<String> namespaces) {
        int index = hasUri() ? namespaces.indexOf(namespaceUri) : namespaceIndex;
        return index < 0 || (!hasUri() && index >= namespaces.size()) ? Optional.empty() : Optional.of(nodeId(index));
    }

    /** @throws IllegalArgumentException if the identifier is none of its type. */
    private NodeId nodeId(int index) {
        String id = identifier.substring(2);
        UShort namespace = UShort.valueOf(index);
        return switch (identifier.charAt(0)) {
            case 'i' -> new NodeId(namespace, UInteger.valueOf(id));
            case 'g' -> new NodeId(namespace, UUID.fromString(id));
            case 'b' ->
                new NodeId(
                        namespace, ByteString.of(java.util.Base64.getDecoder().decode(id)));
            default -> new NodeId(namespace, id);
        };
    }

    /** As a plant file names it. */
    @Override
    public String toString() {
        return hasUri()
                ? "nsu=" + encoded(namespaceUri) + ";" + identifier
                : namespaceIndex == 0 ? identifier : "ns=" + namespaceIndex + ";" + identifier;
    }
}
