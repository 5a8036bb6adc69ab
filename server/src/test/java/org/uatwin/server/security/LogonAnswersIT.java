package org.uatwin.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.wire.RawClient;

/** CVE-2026-60007: a client that tries passwords or ciphertexts learns nothing but that they were refused. */
class LogonAnswersIT {
    private static final String OAEP = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final String OAEP_URI = "http://www.w3.org/2001/04/xmlenc#rsa-oaep";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static UatwinServer server;

    private interface Password {
        byte[] encrypted(PublicKey key, byte[] nonce) throws Exception;
    }

    @BeforeAll
    static void start(@TempDir Path directory) {
        String plant =
                """
                uatwin: 1
                siteId: logon
                server: {host: localhost, securityNone: true, anonymous: Observer}
                twins:
                  - {id: pump-01, type: CentrifugalPump}
                """;
        server = UatwinServer.start(
                PlantFile.read(plant, "logon.yaml").plant().orElseThrow().withServer(s -> s.withPort(0)),
                new ServerOptions(directory, List.of(new PlainUser("operator", "operator", Set.of(Role.OPERATOR)))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] plain(String password, byte[] nonce) {
        byte[] text = password.getBytes(StandardCharsets.UTF_8);
        return RawClient.little(4 + text.length + nonce.length)
                .putInt(text.length + nonce.length)
                .put(text)
                .put(nonce)
                .array();
    }

    private static byte[] rsa(String transformation, PublicKey key, byte[] plain) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(plain);
    }

    private static UaResponseMessageType logOn(String user, Password password) throws Exception {
        URI url = URI.create(server.endpointUrl());
        try (RawClient client = RawClient.open(url.getPort(), server.endpointUrl())) {
            CreateSessionResponse created = (CreateSessionResponse) client.call(client.createSession());
            client.authentication = created.getAuthenticationToken();
            PublicKey key = CertificateUtil.decodeCertificate(
                            created.getServerCertificate().bytesOrEmpty())
                    .getPublicKey();
            byte[] encrypted = password.encrypted(key, created.getServerNonce().bytesOrEmpty());
            ActivateSessionRequest template = client.activateSession();
            return client.call(new ActivateSessionRequest(
                    template.getRequestHeader(),
                    template.getClientSignature(),
                    null,
                    null,
                    ExtensionObject.encode(
                            DefaultEncodingContext.INSTANCE,
                            new UserNameIdentityToken(
                                    "username_Basic256Sha256", user, ByteString.of(encrypted), OAEP_URI)),
                    template.getUserTokenSignature()));
        } catch (IOException e) {
            throw new AssertionError("the connection must stay: " + user, e);
        }
    }

    @Test
    void everyRefusedPasswordIsAnsweredAlike() throws Exception {
        byte[] noise = new byte[256];
        new Random(1).nextBytes(noise);
        noise[0] = 0; // below every modulus
        Map<String, Password> wrong = new LinkedHashMap<>();
        wrong.put("wrong password", (key, nonce) -> rsa(OAEP, key, plain("wrong", nonce)));
        wrong.put("wrong nonce", (key, nonce) -> rsa(OAEP, key, plain("operator", new byte[nonce.length])));
        wrong.put("no nonce", (key, nonce) -> rsa(OAEP, key, plain("operator", new byte[0])));
        wrong.put("length too large", (key, nonce) -> rsa(OAEP, key, new byte[] {-1, -1, -1, 127, 1, 2, 3}));
        wrong.put("length negative", (key, nonce) -> rsa(OAEP, key, new byte[] {-1, -1, -1, -1, 1, 2, 3}));
        wrong.put("too short", (key, nonce) -> rsa(OAEP, key, new byte[] {1}));
        wrong.put("other padding", (key, nonce) -> rsa("RSA/ECB/PKCS1Padding", key, plain("operator", nonce)));
        wrong.put("noise", (key, nonce) -> noise);
        wrong.put("half a block", (key, nonce) -> new byte[100]);
        wrong.put("nothing", (key, nonce) -> new byte[0]);
        Map<String, String> answers = new LinkedHashMap<>();
        for (Map.Entry<String, Password> attempt : wrong.entrySet()) {
            answers.put(attempt.getKey(), text(logOn("operator", attempt.getValue())));
        }
        answers.put("unknown user", text(logOn("nobody", (key, nonce) -> rsa(OAEP, key, plain("operator", nonce)))));
        assertThat(answers.values())
                .containsOnly("ServiceFault 0x%08X null []".formatted(StatusCodes.Bad_UserAccessDenied));
    }

    private static String text(UaResponseMessageType answer) {
        var header = answer.getResponseHeader();
        String[] strings = header.getStringTable();
        return "%s 0x%08X %s %s"
                .formatted(
                        answer.getClass().getSimpleName(),
                        header.getServiceResult().getValue(),
                        header.getServiceDiagnostics(),
                        strings == null ? "[]" : List.of(strings));
    }

    /** The baseline: the same way with the right password works. */
    @Test
    void theRightPasswordIsAccepted() throws Exception {
        assertThat(logOn("operator", (key, nonce) -> rsa(OAEP, key, plain("operator", nonce)))
                        .getResponseHeader()
                        .getServiceResult()
                        .isGood())
                .isTrue();
    }
}
