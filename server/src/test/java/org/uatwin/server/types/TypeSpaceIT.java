package org.uatwin.server.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of the type space over the wire. */
class TypeSpaceIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void clientReadsMetadataAndWatchesAConstant() throws Exception {
        int port = freePort();
        EndpointConfig endpoint = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setHostname("127.0.0.1")
                .setBindPort(port)
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicy(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                .build();
        try (BareServer bare = new BareServer(directory, Set.of(endpoint))) {
            bare.server.startup().get();
            OpcUaClient client = OpcUaClient.create("opc.tcp://127.0.0.1:" + port);
            client.connect();
            try {
                List<DataValue> values = client.readValues(
                        0.0,
                        TimestampsToReturn.Both,
                        List.of(NodeIds.Server_NamespaceArray, new NodeId(4, 15005), new NodeId(4, 15003)));
                assertThat((String[]) values.get(0).value().value()).containsExactlyElementsOf(bare.registry.uris());
                assertThat(values.get(1).value().value()).isEqualTo(true);
                assertThat(values.get(2).value().value()).isEqualTo("1.05.0");
                assertThat(values.get(2).sourceTime()).isNotNull();

                BlockingQueue<DataValue> seen = new LinkedBlockingQueue<>();
                OpcUaSubscription subscription = new OpcUaSubscription(client);
                subscription.setPublishingInterval(50.0);
                subscription.create();
                OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(new NodeId(4, 15003));
                item.setDataValueListener((i, value) -> seen.add(value));
                subscription.addMonitoredItem(item);
                subscription.synchronizeMonitoredItems();
                DataValue first = seen.poll(30, TimeUnit.SECONDS);
                assertThat(first).isNotNull();
                assertThat(first.value().value()).isEqualTo("1.05.0");
            } finally {
                client.disconnect();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
