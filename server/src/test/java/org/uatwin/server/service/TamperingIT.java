package org.uatwin.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody on the line between an operator and the server (OPC UA Part 2, 4.3: message alteration, replay; Part 6, 6.7.2.4 and 6.7.6): a
 * signed message that was changed, sent twice, left out or sent in another order ends its channel, does nothing, and does not touch
 * another client.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingIT {
    private final KeyPair keys;
    private final X509Certificate certificate;
    private TestServer server;
    private NodeId setpoint;

    TamperingIT() throws Exception {
        keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        certificate = new SelfSignedCertificateBuilder(keys)
                .setCommonName("operator station")
                .setApplicationUri("urn:test:operator-station")
                .build();
    }

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start();
        setpoint = server.namespace.id("Setpoint");
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    /** What is done to the message that carries a write. */
    enum Deed {
        CHANGE_A_BYTE,
        CHANGE_THE_SIGNATURE,
        REPLAY_AN_OLD_WRITE,
        LEAVE_ONE_OUT,
        CHANGE_THE_CHANNEL_ID,
        CHANGE_THE_TOKEN_ID
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void whatIsNotAsItWasSentEndsTheChannelAndDoesNothing(Deed deed) throws Exception {
        tamper(deed, SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign);
    }

    @ParameterizedTest
    @EnumSource(
            value = SecurityPolicy.class,
            names = {"Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"})
    void everyPolicyNoticesAChangedByte(SecurityPolicy policy) throws Exception {
        tamper(Deed.CHANGE_A_BYTE, policy, MessageSecurityMode.SignAndEncrypt);
    }

    private void tamper(Deed deed, SecurityPolicy policy, MessageSecurityMode mode) throws Exception {
        try (FrameProxy between = new FrameProxy(server.port);
                TestClient other = TestClient.user(server, "operator")) {
            other.write(setpoint, 1.0, null);
            OpcUaClient victim = client(between.port(), policy, mode);
            List<byte[]> seen = new ArrayList<>();
            AtomicBoolean isDone = new AtomicBoolean();
            between.attack(chunk -> {
                seen.add(chunk);
                return List.of(chunk);
            });
            victim.connect();
            assertThat(read(victim)).isEqualTo(1.0);
            write(victim, 2.0);
            other.write(setpoint, 1.0, null);
            between.attack(chunk -> {
                boolean isFirst = FrameProxy.type(chunk).equals("MSG") && !isDone.getAndSet(true);
                return isFirst ? instead(deed, chunk, seen) : List.of(chunk);
            });
            if (deed == Deed.LEAVE_ONE_OUT) {
                assertThatThrownBy(() -> write(victim, 2.0))
                        .as("%s %s", policy, mode)
                        .isNotNull();
                assertThatThrownBy(() -> write(victim, 3.0))
                        .as("a gap, %s %s", policy, mode)
                        .isNotNull();
                assertThat(value(other)).as("%s %s %s", deed, policy, mode).isEqualTo(1.0);
            } else {
                assertThatThrownBy(() -> write(victim, 2.0))
                        .as("%s %s", policy, mode)
                        .isNotNull();
                assertThat(value(other)).as("%s %s %s", deed, policy, mode).isEqualTo(1.0);
            }
            victim.disconnectAsync().exceptionally(error -> null).get(10, TimeUnit.SECONDS);
        }
    }

    private static List<byte[]> instead(Deed deed, byte[] chunk, List<byte[]> seen) {
        byte[] changed = chunk.clone();
        return switch (deed) {
            case CHANGE_A_BYTE -> {
                changed[changed.length / 2] ^= 0x10;
                yield List.of(changed);
            }
            case CHANGE_THE_SIGNATURE -> {
                changed[changed.length - 1] ^= 1;
                yield List.of(changed);
            }
            case REPLAY_AN_OLD_WRITE -> List.of(seen.get(seen.size() - 1));
            case LEAVE_ONE_OUT -> List.of();
            case CHANGE_THE_CHANNEL_ID -> {
                changed[8] ^= 1;
                yield List.of(changed);
            }
            case CHANGE_THE_TOKEN_ID -> {
                changed[12] ^= 4;
                yield List.of(changed);
            }
        };
    }

    private OpcUaClient client(int port, SecurityPolicy policy, MessageSecurityMode mode) throws Exception {
        return OpcUaClient.create(
                server.url(),
                endpoints -> endpoints.stream()
                        .filter(e -> policy.getUri().equals(e.getSecurityPolicyUri()) && mode == e.getSecurityMode())
                        .findFirst()
                        .map(e -> EndpointUtil.updateUrl(e, "localhost", port)),
                transport -> {},
                config -> config.setIdentityProvider(new UsernameProvider("operator", "operator"))
                        .setKeyPair(keys)
                        .setCertificate(certificate)
                        .setCertificateChain(new X509Certificate[] {certificate})
                        .setApplicationUri("urn:test:operator-station")
                        .setRequestTimeout(uint(2_000)));
    }

    private @Nullable Object read(OpcUaClient client) throws Exception {
        return client.read(
                        0,
                        TimestampsToReturn.Neither,
                        List.of(new ReadValueId(setpoint, AttributeId.Value.uid(), null, null)))
                .getResults()[0]
                .value()
                .value();
    }

    private @Nullable Object value(TestClient client) throws Exception {
        return client.read(setpoint, AttributeId.Value).value().value();
    }

    private void write(OpcUaClient client, double value) throws Exception {
        var results = client.write(List.of(new WriteValue(
                        setpoint, AttributeId.Value.uid(), null, DataValue.valueOnly(new Variant(value)))))
                .getResults();
        assertThat(results[0].isGood()).isTrue();
    }
}
