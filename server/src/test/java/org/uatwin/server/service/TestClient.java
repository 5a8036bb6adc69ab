package org.uatwin.server.service;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** A Milo client over SecurityPolicy None with the requests the tests share. */
final class TestClient implements AutoCloseable {
    final OpcUaClient milo;

    private TestClient(OpcUaClient milo) {
        this.milo = milo;
    }

    static TestClient anonymous(TestServer server) throws UaException {
        return connect(server, new AnonymousProvider());
    }

    static TestClient user(TestServer server, String name) throws UaException {
        return connect(server, new UsernameProvider(name, name));
    }

    private static TestClient connect(TestServer server, IdentityProvider identity) throws UaException {
        OpcUaClient client = OpcUaClient.create(
                server.url(),
                endpoints -> endpoints.stream()
                        .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                        .findFirst(),
                transport -> {},
                config -> config.setIdentityProvider(identity));
        client.connect();
        return new TestClient(client);
    }

    DataValue read(NodeId nodeId, AttributeId attribute) throws UaException {
        return milo.read(0, TimestampsToReturn.Both, List.of(new ReadValueId(nodeId, attribute.uid(), null, null)))
                .getResults()[0];
    }

    long write(NodeId nodeId, Object value, @Nullable String range) throws UaException {
        return milo.write(List.of(new WriteValue(
                        nodeId, AttributeId.Value.uid(), range, DataValue.valueOnly(new Variant(value)))))
                .getResults()[0]
                .getValue();
    }

    BrowseResult[] browse(int max, BrowseDescription... nodes) throws UaException {
        return milo.browse(References.NO_VIEW, uint(max), List.of(nodes)).getResults();
    }

    static BrowseDescription forward(NodeId nodeId, NodeId referenceType) {
        return new BrowseDescription(nodeId, BrowseDirection.Forward, referenceType, true, uint(0), uint(63));
    }

    UInteger subscribe(double interval) throws UaException {
        return milo.createSubscription(interval, uint(100), uint(10), uint(0), true, ubyte(0))
                .getSubscriptionId();
    }

    MonitoredItemCreateResult monitor(
            UInteger subscription,
            NodeId nodeId,
            AttributeId attribute,
            double interval,
            @Nullable UaStructuredType filter)
            throws UaException {
        return milo.createMonitoredItems(
                        subscription, TimestampsToReturn.Both, List.of(item(nodeId, attribute, interval, filter)))
                .getResults()[0];
    }

    MonitoredItemCreateRequest item(
            NodeId nodeId, AttributeId attribute, double interval, @Nullable UaStructuredType filter) {
        ExtensionObject encoded =
                filter == null ? null : ExtensionObject.encode(milo.getStaticEncodingContext(), filter);
        return new MonitoredItemCreateRequest(
                new ReadValueId(nodeId, attribute.uid(), null, null),
                MonitoringMode.Reporting,
                new MonitoringParameters(uint(1), interval, encoded, uint(100), true));
    }

    /** The ServiceResult of a request made with this session's header; Good when it was answered. */
    long serviceResult(Function<RequestHeader, UaRequestMessageType> request) throws UaException {
        RequestHeader header = milo.newRequestHeader(milo.getSession().getAuthenticationToken());
        try {
            return milo.sendRequest(request.apply(header))
                    .getResponseHeader()
                    .getServiceResult()
                    .getValue();
        } catch (UaException e) {
            return e.getStatusCode().getValue();
        }
    }

    static String name(long status) {
        return StatusCodes.lookup(status).map(names -> names[0]).orElse(new StatusCode(status).toString());
    }

    @Override
    public void close() throws UaException {
        milo.disconnect();
    }
}
