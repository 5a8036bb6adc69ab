package org.uatwin.server.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.DiagnosticsContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.AccessController.AccessResult;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.access.AccessPolicy;
import org.uatwin.server.access.TwinAccessController;

/**
 * Read (OPC UA Part 4, 5.11.2). Values of the address spaces come in one batch; entries refused here never reach them.
 * UserAccessLevel and UserExecutable of Milo's own nodes are narrowed to what this session may do.
 */
final class ReadServices {
    private final TwinServer server;
    private final ServerLimits limits;
    private final TwinAccessController access;

    ReadServices(TwinServer server, ServerLimits limits, TwinAccessController access) {
        this.server = server;
        this.limits = limits;
        this.access = access;
    }

    ReadResponse read(Session session, ReadRequest request) throws UaException {
        List<ReadValueId> nodes = Requests.operations(request.getNodesToRead(), limits.nodesPerRead());
        Double maxAge = request.getMaxAge();
        if (maxAge == null || maxAge.isNaN() || maxAge < 0) {
            throw new UaException(StatusCodes.Bad_MaxAgeInvalid);
        }
        TimestampsToReturn timestamps = request.getTimestampsToReturn();
        Requests.checkTimestamps(timestamps);

        DataValue[] results = new DataValue[nodes.size()];
        List<ReadValueId> allowed = new ArrayList<>(nodes.size());
        int[] positions = new int[nodes.size()];
        for (int i = 0; i < results.length; i++) {
            ReadValueId node = nodes.get(i);
            StatusCode refusal = refusal(session, node);
            if (refusal != null) {
                results[i] = new DataValue(refusal);
            } else {
                positions[allowed.size()] = i;
                allowed.add(node);
            }
        }
        List<DataValue> values = readAllowed(session, request, allowed);
        for (int i = 0; i < allowed.size(); i++) {
            results[positions[i]] = narrowed(session, allowed.get(i), values.get(i));
        }
        return new ReadResponse(AbstractServiceSet.createResponseHeader(request), results, Requests.NO_DIAGNOSTICS);
    }

    private @Nullable StatusCode refusal(Session session, ReadValueId node) {
        if (Requests.isNull(node.getNodeId())) {
            return Requests.status(StatusCodes.Bad_NodeIdInvalid);
        }
        if (access.checkRead(session, node.getNodeId(), node.getAttributeId()) instanceof AccessResult.Denied denied) {
            return denied.statusCode();
        }
        String range = node.getIndexRange();
        if (IndexRange.isGiven(range) && !IndexRange.isValid(range)) {
            return Requests.status(StatusCodes.Bad_IndexRangeInvalid);
        }
        if (Requests.isGiven(node.getDataEncoding())) {
            if (!AttributeId.Value.uid().equals(node.getAttributeId())) {
                return Requests.status(StatusCodes.Bad_DataEncodingInvalid);
            }
            if (!Requests.isSupportedEncoding(node.getDataEncoding())) {
                return Requests.status(StatusCodes.Bad_DataEncodingUnsupported);
            }
        }
        return null;
    }

    private List<DataValue> readAllowed(Session session, ReadRequest request, List<ReadValueId> nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        ReadContext context = new ReadContext(
                server,
                session,
                new DiagnosticsContext<>(),
                request.getRequestHeader().getAuditEntryId(),
                request.getRequestHeader().getTimeoutHint(),
                request.getRequestHeader().getAdditionalHeader());
        try {
            return server.getAddressSpaceManager()
                    .read(context, request.getMaxAge(), request.getTimestampsToReturn(), nodes);
        } catch (RuntimeException e) {
            if (nodes.size() == 1) {
                return Arrays.asList(new DataValue(Failures.status(e)));
            }
            // One node must not take the others down: once more, one by one.
            List<DataValue> values = new ArrayList<>(nodes.size());
            for (ReadValueId node : nodes) {
                values.addAll(readAllowed(session, request, List.of(node)));
            }
            return values;
        }
    }

    private DataValue narrowed(Session session, ReadValueId node, DataValue value) {
        boolean isLevel = AttributeId.UserAccessLevel.uid().equals(node.getAttributeId());
        boolean isExecutable = AttributeId.UserExecutable.uid().equals(node.getAttributeId());
        if (!isLevel && !isExecutable) {
            return value;
        }
        Object attribute = value.value().value();
        int permissions = access.permissions(session, node.getNodeId());
        Variant narrowed;
        if (attribute instanceof UByte level) {
            narrowed = new Variant(AccessPolicy.userAccessLevel(level, permissions));
        } else if (attribute instanceof Boolean executable) {
            narrowed = new Variant(AccessPolicy.userExecutable(executable, permissions));
        } else {
            return value;
        }
        return new DataValue(
                narrowed,
                value.statusCode(),
                value.sourceTime(),
                value.sourcePicoseconds(),
                value.serverTime(),
                value.serverPicoseconds());
    }
}
