package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.types.structured.X509IdentityToken;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uatwin.server.wire.RawClient;

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
                admitted(() -> RawClient.session(server.port, server.url())).close();
            }
            try (TestClient user = admitted(() -> TestClient.user(server, "operator"))) {
                assertThat(user.milo.getSession()).isNotNull();
                assertThat(client.milo.getSession()).isNotNull();
                try (RawClient third = admitted(() -> RawClient.session(server.port, server.url()))) {
                    try (RawClient fourth = RawClient.open(server.port, server.url())) {
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

    /** Asks until the server has seen that the client before has closed its socket. */
    private static <T> T admitted(Callable<T> client) {
        return await().atMost(10, TimeUnit.SECONDS).ignoreExceptions().until(client, Objects::nonNull);
    }

    /** CVE-2026-60007: the policies whose padding can be probed are not offered, for channels or for passwords. */
    @ParameterizedTest
    @EnumSource(
            value = SecurityPolicy.class,
            names = {"Basic128Rsa15", "Basic256"})
    void aServerWithADeprecatedPolicyIsNotBuilt(SecurityPolicy policy) throws Exception {
        X509Certificate certificate = new SelfSignedCertificateBuilder(
                        SelfSignedCertificateGenerator.generateRsaKeyPair(2048))
                .setCommonName("test")
                .setApplicationUri("urn:test")
                .build();
        EndpointConfig.Builder channel = EndpointConfig.newBuilder()
                .setCertificate(certificate)
                .setSecurityPolicy(policy)
                .setSecurityMode(MessageSecurityMode.SignAndEncrypt);
        EndpointConfig.Builder password = EndpointConfig.newBuilder()
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicy(new UserTokenPolicy("password", UserTokenType.UserName, null, null, policy.getUri()));
        for (EndpointConfig.Builder endpoint : List.of(channel, password)) {
            OpcUaServerConfig config = OpcUaServerConfig.builder()
                    .setEndpoints(Set.of(endpoint.setBindAddress("127.0.0.1")
                            .setBindPort(1)
                            .setHostname("localhost")
                            .build()))
                    .setRoleMapper(identity -> List.of())
                    .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                    .build();
            assertThatThrownBy(() -> new TwinServer(config, ServerLimits.defaults()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CVE-2026-60007");
        }
    }

    /** #1805: without a policy the token is not signed, and a certificate alone is public knowledge. */
    @Test
    void aCertificateWithoutProofOfItsKeyIsNoUser() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = RawClient.open(server.port, server.url())) {
            CreateSessionResponse created = (CreateSessionResponse) client.call(client.createSession());
            client.authentication = created.getAuthenticationToken();
            ActivateSessionRequest anonymous = client.activateSession();
            X509IdentityToken token = new X509IdentityToken("certificate_clear", created.getServerCertificate());
            UaResponseMessageType answer = client.call(new ActivateSessionRequest(
                    anonymous.getRequestHeader(),
                    anonymous.getClientSignature(),
                    null,
                    null,
                    ExtensionObject.encode(DefaultEncodingContext.INSTANCE, token),
                    anonymous.getUserTokenSignature()));
            assertThat(answer.getResponseHeader().getServiceResult().getValue())
                    .isEqualTo(StatusCodes.Bad_IdentityTokenRejected);
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
