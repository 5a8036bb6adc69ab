package org.uatwin.server.cli.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;

/**
 * Names and NodeIds. {@code pump-01/Flow} is the string id of the server's site namespace
 * ({@code urn:uatwin:site:...}); {@code ns=2;s=...}, {@code nsu=...;s=...} and {@code i=2253} work everywhere.
 */
final class Nodes {
    static final String SITE_PREFIX = "urn:uatwin:site:";
    private static final int BATCH = 500;

    private final OpcUaClient client;
    private final NamespaceTable namespaces;
    private final List<Integer> sites = new ArrayList<>();

    Nodes(OpcUaClient client) {
        this.client = client;
        try {
            this.namespaces = client.readNamespaceTable();
        } catch (UaException e) {
            throw failure("cannot read the namespaces", e);
        }
        for (int index = 0; index < 65_535; index++) {
            String uri = namespaces.get(ushort(index));
            if (uri == null) {
                break;
            }
            if (uri.startsWith(SITE_PREFIX)) {
                sites.add(index);
            }
        }
    }

    /**
     * A node named on the command line.
     *
     * @param range index range for the value, as {@code 1} or {@code 0:3}; null for the whole value.
     */
    record Target(String name, NodeId nodeId, @Nullable String range) {
        ReadValueId value() {
            return new ReadValueId(nodeId, AttributeId.Value.uid(), range, QualifiedName.NULL_VALUE);
        }
    }

    /** {@code NODE} or {@code NODE[RANGE]}. */
    Target target(String text) {
        if (text.endsWith("]") && text.contains("[")) {
            int open = text.lastIndexOf('[');
            String range = text.substring(open + 1, text.length() - 1);
            if (range.matches("\\d+(:\\d+)?(,\\d+(:\\d+)?)*")) {
                return new Target(text, nodeId(text.substring(0, open)), range);
            }
        }
        return new Target(text, nodeId(text), null);
    }

    NodeId nodeId(String text) {
        try {
            if (text.startsWith("nsu=")) {
                return ExpandedNodeId.parse(text)
                        .toNodeId(namespaces)
                        .orElseThrow(() ->
                                new CliException(Exit.FAILED, "%s: the server has no such namespace.".formatted(text)));
            }
            if (text.matches("(ns=\\d+;)?[isgb]=.*")) {
                return NodeId.parse(text);
            }
        } catch (UaRuntimeException e) {
            throw new CliException(
                    Exit.USAGE,
                    "\"%s\" is no NodeId. Fix: pump-01/Flow, ns=2;s=pump-01/Flow or i=2253.".formatted(text),
                    e);
        }
        if (sites.isEmpty()) {
            throw new CliException(
                    Exit.USAGE,
                    "\"%s\": this server has no namespace %s..., so short names mean nothing on it. Fix: give the NodeId, for example ns=2;s=%s."
                            .formatted(text, SITE_PREFIX, text));
        }
        if (sites.size() == 1) {
            return new NodeId(sites.get(0), text);
        }
        List<NodeId> candidates =
                sites.stream().map(index -> new NodeId(index, text)).toList();
        List<DataValue> classes = read(candidates.stream()
                .map(id -> new ReadValueId(id, AttributeId.NodeClass.uid(), null, QualifiedName.NULL_VALUE))
                .toList());
        List<NodeId> found = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (classes.get(i).getStatusCode().isGood()) {
                found.add(candidates.get(i));
            }
        }
        if (found.size() > 1) {
            throw new CliException(
                    Exit.USAGE,
                    "\"%s\" exists at several sites. Fix: say which: %s."
                            .formatted(
                                    text,
                                    String.join(
                                            ", ",
                                            found.stream()
                                                    .map(NodeId::toParseableString)
                                                    .toList())));
        }
        return found.isEmpty() ? candidates.get(0) : found.get(0);
    }

    /** The shortest text that {@link #nodeId} understands. */
    String name(NodeId id) {
        int index = id.getNamespaceIndex().intValue();
        if (sites.size() == 1
                && sites.get(0) == index
                && id.getIdentifier() instanceof String text
                && !text.matches("(nsu=|ns=|[isgb]=).*")) {
            return text;
        }
        return id.toParseableString();
    }

    /** A parseable NodeId with the namespace's URI: the same on every server. */
    String absoluteName(NodeId id) {
        return id.expanded(namespaces).toParseableString();
    }

    Optional<NodeId> local(@Nullable ExpandedNodeId id) {
        return id == null ? Optional.empty() : id.toNodeId(namespaces);
    }

    /** Reads in batches; answers are in the order asked. */
    List<DataValue> read(List<ReadValueId> wanted) {
        List<DataValue> answers = new ArrayList<>(wanted.size());
        for (int from = 0; from < wanted.size(); from += BATCH) {
            List<ReadValueId> batch = wanted.subList(from, Math.min(wanted.size(), from + BATCH));
            try {
                DataValue[] results =
                        client.read(0, TimestampsToReturn.Both, batch).getResults();
                if (results == null || results.length != batch.size()) {
                    throw new CliException(Exit.FAILED, "the server answered a read with too few values.");
                }
                answers.addAll(List.of(results));
            } catch (UaException e) {
                throw failure("cannot read", e);
            }
        }
        return answers;
    }

    DataValue read(NodeId id, AttributeId attribute) {
        return read(List.of(new ReadValueId(id, attribute.uid(), null, QualifiedName.NULL_VALUE)))
                .get(0);
    }

    /** Symbols of the EngineeringUnits properties, empty where a node has none. */
    List<String> units(List<NodeId> ids) {
        List<Optional<NodeId>> properties = children(ids, new QualifiedName(0, "EngineeringUnits"));
        List<ReadValueId> wanted = new ArrayList<>();
        for (Optional<NodeId> property : properties) {
            property.ifPresent(
                    id -> wanted.add(new ReadValueId(id, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE)));
        }
        List<DataValue> values = read(wanted);
        List<String> units = new ArrayList<>(ids.size());
        int next = 0;
        for (Optional<NodeId> property : properties) {
            units.add(property.isPresent() ? unit(values.get(next++)) : "");
        }
        return units;
    }

    private String unit(DataValue value) {
        Object decoded = Values.decoded(client, value.getValue().getValue());
        return decoded instanceof EUInformation unit && unit.getDisplayName() != null
                ? String.valueOf(unit.getDisplayName().getText())
                : "";
    }

    /** The child of that BrowseName of each node (forward hierarchical references). */
    List<Optional<NodeId>> children(List<NodeId> parents, QualifiedName browseName) {
        List<Optional<NodeId>> found = new ArrayList<>(parents.size());
        for (int from = 0; from < parents.size(); from += BATCH) {
            List<BrowsePath> paths = parents.subList(from, Math.min(parents.size(), from + BATCH)).stream()
                    .map(parent -> new BrowsePath(parent, new RelativePath(new RelativePathElement[] {
                        new RelativePathElement(NodeIds.HierarchicalReferences, false, true, browseName)
                    })))
                    .toList();
            try {
                TranslateBrowsePathsToNodeIdsResponse response = client.translateBrowsePaths(paths);
                BrowsePathResult[] results = response.getResults();
                for (int i = 0; i < paths.size(); i++) {
                    var targets = results == null || i >= results.length ? null : results[i].getTargets();
                    found.add(
                            targets == null || targets.length == 0
                                    ? Optional.empty()
                                    : local(targets[0].getTargetId()));
                }
            } catch (UaException e) {
                throw failure("cannot look up %s".formatted(browseName.name()), e);
            }
        }
        return found;
    }

    /** Everything a node refers to forward along the hierarchy, to the last continuation point. */
    List<ReferenceDescription> browse(NodeId id) {
        try {
            BrowseResult result = client.browse(new BrowseDescription(
                    id,
                    BrowseDirection.Forward,
                    NodeIds.HierarchicalReferences,
                    true,
                    uint(0),
                    uint(BrowseResultMask.All.getValue())));
            List<ReferenceDescription> all = new ArrayList<>();
            while (true) {
                if (result.getStatusCode().isBad()) {
                    throw new CliException(
                            Exit.FAILED,
                            "%s: %s."
                                    .formatted(
                                            name(id),
                                            Values.statusName(
                                                    result.getStatusCode().getValue())));
                }
                if (result.getReferences() != null) {
                    all.addAll(List.of(result.getReferences()));
                }
                if (result.getContinuationPoint() == null
                        || result.getContinuationPoint().isNullOrEmpty()) {
                    return all;
                }
                BrowseResult[] next = client.browseNext(false, List.of(result.getContinuationPoint()))
                        .getResults();
                if (next == null || next.length != 1) {
                    throw new CliException(Exit.FAILED, "the server answered no further references.");
                }
                result = next[0];
            }
        } catch (UaException e) {
            throw failure("cannot browse %s".formatted(name(id)), e);
        }
    }

    static CliException failure(String what, UaException e) {
        return new CliException(
                Exit.FAILED,
                "%s: %s.".formatted(what, Values.statusName(e.getStatusCode().getValue())),
                e);
    }
}
