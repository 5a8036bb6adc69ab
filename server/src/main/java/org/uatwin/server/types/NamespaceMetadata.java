package org.uatwin.server.types;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * What a NamespaceMetadataType object (OPC UA Part 5, 6.3.14) says of one namespace.
 *
 * @param uri the namespace.
 * @param version its NamespaceVersion.
 * @param published its NamespacePublicationDate.
 * @param isSubset whether this server holds only a part of the published namespace.
 * @param staticNumeric whether numeric NodeIds are the same in every server (with the range 1 to 2147483647).
 * @param staticString whether String NodeIds are the same in every server (with the pattern {@code %}, all).
 * @param nodeIds the object, then its properties in the order of {@link #PROPERTIES}.
 */
public record NamespaceMetadata(
        String uri,
        String version,
        Instant published,
        boolean isSubset,
        boolean staticNumeric,
        boolean staticString,
        List<NodeId> nodeIds) {

    /** The mandatory properties of NamespaceMetadataType. */
    public static final List<String> PROPERTIES = List.of(
            "NamespaceUri",
            "NamespaceVersion",
            "NamespacePublicationDate",
            "IsNamespaceSubset",
            "StaticNodeIdTypes",
            "StaticNumericNodeIdRange",
            "StaticStringNodeIdPattern");

    public NamespaceMetadata {
        nodeIds = List.copyOf(nodeIds);
        if (nodeIds.size() != PROPERTIES.size() + 1) {
            throw new IllegalArgumentException(
                    "%s: %d NodeIds for an object and %d properties".formatted(uri, nodeIds.size(), PROPERTIES.size()));
        }
    }

    /**
     * The metadata of a site: complete, with String NodeIds made from names. Its nodes live in the application's namespace
     * as {@code Namespaces/<uri>} and below, so that no twin id can collide with them.
     *
     * @param version of the plant as the owner counts it.
     * @param published when the plant last changed.
     */
    public static NamespaceMetadata ofSite(String siteUri, String version, Instant published) {
        String root = "Namespaces/" + siteUri;
        List<NodeId> ids = new ArrayList<>();
        ids.add(new NodeId(NamespaceRegistry.APPLICATION, root));
        PROPERTIES.forEach(name -> ids.add(new NodeId(NamespaceRegistry.APPLICATION, root + "/" + name)));
        return new NamespaceMetadata(siteUri, version, published, false, false, true, ids);
    }
}
