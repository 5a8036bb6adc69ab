package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** An anonymous Milo client without security. */
final class Client implements AutoCloseable {
    final OpcUaClient milo;

    private Client(OpcUaClient milo) {
        this.milo = milo;
    }

    static Client connect(String url) throws UaException {
        OpcUaClient client = OpcUaClient.create(
                url,
                endpoints -> endpoints.stream()
                        .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                        .findFirst(),
                transport -> {},
                config -> config.setRequestTimeout(uint(60_000)));
        client.connect();
        return new Client(client);
    }

    /** A string id of the plant's or the peer's namespace, both the third. */
    static NodeId id(String identifier) {
        return new NodeId(ushort(2), identifier);
    }

    DataValue[] read(List<ReadValueId> ids) throws UaException {
        DataValue[] values = milo.read(0, TimestampsToReturn.Both, ids).getResults();
        if (values == null || values.length != ids.size()) {
            throw new IllegalStateException("the answer does not have %d values".formatted(ids.size()));
        }
        return values;
    }

    static ReadValueId value(NodeId id) {
        return new ReadValueId(id, AttributeId.Value.uid(), null, null);
    }

    @Override
    public void close() throws UaException {
        milo.disconnect();
    }
}
