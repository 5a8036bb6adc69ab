package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.junit.jupiter.api.Test;

class SessionLimitsIT {

    /** #1760: sessions nobody activates could take all places (Part 4, 5.7.2). */
    @Test
    void aPendingSessionGivesWayWhenAllPlacesAreTaken() throws Exception {
        ServerLimits two = ServerLimits.defaults().withSessions(2);
        try (TestServer server = TestServer.start(TestServer.freePort(), two, ports -> ports);
                TestClient client = TestClient.anonymous(server)) {
            for (int i = 0; i < 3; i++) {
                CreateSessionRequest request = new CreateSessionRequest(
                        client.milo.newRequestHeader(NodeId.NULL_VALUE),
                        new ApplicationDescription(
                                "urn:test:client",
                                "",
                                LocalizedText.english("client"),
                                ApplicationType.Client,
                                null,
                                null,
                                null),
                        null,
                        server.url(),
                        null,
                        NonceUtil.generateNonce(32),
                        ByteString.NULL_VALUE,
                        60_000.0,
                        uint(0));
                assertThat(client.milo
                                .getTransport()
                                .sendRequestMessage(request)
                                .get(10, TimeUnit.SECONDS)
                                .getResponseHeader()
                                .getServiceResult()
                                .isGood())
                        .isTrue();
            }
            assertThat(server.server.getSessionManager().getAllSessions()).hasSize(2);
            assertThat(client.milo.getSession()).isNotNull();
        }
    }

    /** Activated and left: their timeout would keep all places taken for minutes. */
    @Test
    void anonymousSessionsWithoutConnectionGiveWayAndOthersDoNot() throws Exception {
        ServerLimits three = ServerLimits.defaults().withSessions(3);
        try (TestServer server = TestServer.start(TestServer.freePort(), three, ports -> ports);
                TestClient client = TestClient.anonymous(server)) {
            for (int i = 0; i < 10; i++) {
                RawClient.session(server).close();
            }
            try (TestClient user = TestClient.user(server, "operator")) {
                assertThat(user.milo.getSession()).isNotNull();
                assertThat(client.milo.getSession()).isNotNull();
                try (RawClient third = RawClient.session(server)) {
                    try (RawClient fourth = RawClient.open(server)) {
                        assertThat(fourth.call(fourth.createSession())
                                        .getResponseHeader()
                                        .getServiceResult()
                                        .getValue())
                                .isEqualTo(StatusCodes.Bad_TooManySessions);
                    }
                    assertThat(third.socket.isConnected()).isTrue();
                }
            }
        }
    }

    /** CVE-2026-58080: without a RoleMapper Milo skips all permission checks. */
    @Test
    void aServerWithoutRolesIsNotBuilt() {
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setEndpoints(Set.of())
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .build();
        assertThatThrownBy(() -> new TwinServer(config, ServerLimits.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RoleMapper");
    }
}
