package org.uatwin.server.wire;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;

/**
 * Stands for a request whose body could not be decoded.
 *
 * @param status what the client is answered.
 */
record UnreadableRequest(RequestHeader header, long status) implements UaRequestMessageType {
    private static final ExpandedNodeId TYPE = NodeIds.BaseDataType.expanded();

    @Override
    public RequestHeader getRequestHeader() {
        return header;
    }

    @Override
    public ExpandedNodeId getTypeId() {
        return TYPE;
    }

    @Override
    public ExpandedNodeId getBinaryEncodingId() {
        return TYPE;
    }

    @Override
    public ExpandedNodeId getXmlEncodingId() {
        return TYPE;
    }

    @Override
    public ExpandedNodeId getJsonEncodingId() {
        return TYPE;
    }
}
