package org.uatwin.plcadapters.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.FieldConnection;

/** Security is never less than the plant file says, and a password never leaves in clear. */
class EndpointChoiceTest {
    private static final UserTokenPolicy ANONYMOUS = token(UserTokenType.Anonymous, null);
    private static final UserTokenPolicy CLEAR = token(UserTokenType.UserName, SecurityPolicy.None);
    private static final UserTokenPolicy ENCRYPTED = token(UserTokenType.UserName, SecurityPolicy.Basic256Sha256);

    private static UserTokenPolicy token(UserTokenType type, @org.jspecify.annotations.Nullable SecurityPolicy policy) {
        return new UserTokenPolicy(type.name(), type, null, null, policy == null ? null : policy.getUri());
    }

    private static EndpointDescription endpoint(SecurityPolicy policy, MessageSecurityMode mode, UserTokenPolicy... t) {
        return new EndpointDescription("opc.tcp://plc:4840", null, null, mode, policy.getUri(), t, null, null);
    }

    private static UpstreamSettings settings(String keys) {
        return (UpstreamSettings)
                ((FieldConnection) Mirror.plant("opc.tcp://plc:4840", keys, "Temperature: " + Mirror.node("T"))
                                .plant()
                                .orElseThrow()
                                .connections()
                                .get(0))
                        .settings();
    }

    private static final EndpointDescription NONE =
            endpoint(SecurityPolicy.None, MessageSecurityMode.None, ANONYMOUS, CLEAR);
    private static final EndpointDescription OLD =
            endpoint(SecurityPolicy.Basic128Rsa15, MessageSecurityMode.SignAndEncrypt, ANONYMOUS, ENCRYPTED);
    private static final EndpointDescription BASIC =
            endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt, ANONYMOUS, CLEAR, ENCRYPTED);
    private static final EndpointDescription SIGN =
            endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, ANONYMOUS, CLEAR);
    private static final EndpointDescription PSS =
            endpoint(SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.SignAndEncrypt, ANONYMOUS);

    @Test
    void strongestOfTheAllowedIsTaken() throws Exception {
        List<EndpointDescription> all = new ArrayList<>(List.of(NONE, OLD, BASIC, SIGN, PSS));
        assertThat(EndpointChoice.of(settings(""), all)).isSameAs(PSS);
        assertThat(EndpointChoice.of(settings("securityPolicy: Basic256Sha256"), all))
                .isSameAs(BASIC);
        assertThat(EndpointChoice.of(settings("securityMode: Sign"), all)).isSameAs(SIGN);
        assertThat(EndpointChoice.of(settings("securityPolicy: None"), all)).isSameAs(NONE);
    }

    @Test
    void noneAndWithdrawnPoliciesAreNeverTakenUnasked() {
        UpstreamException e = catchThrowableOfType(
                UpstreamException.class, () -> EndpointChoice.of(settings(""), List.of(NONE, OLD)));
        assertThat(e.text()).contains("any policy but None", "securityPolicy: None", "Basic128Rsa15");
    }

    @Test
    void passwordIsNeverSentInClear() throws Exception {
        UpstreamSettings user = settings("user: a\npassword: ${env:PATH}");
        assertThat(EndpointChoice.tokens(user, BASIC)).containsExactly(ENCRYPTED);
        assertThat(EndpointChoice.tokens(user, SIGN)).isEmpty();
        assertThat(EndpointChoice.of(user, List.of(PSS, BASIC))).isSameAs(BASIC);
        UpstreamSettings onNone = settings("securityPolicy: None\nuser: a\npassword: ${env:PATH}");
        assertThat(catchThrowableOfType(UpstreamException.class, () -> EndpointChoice.of(onNone, List.of(NONE)))
                        .text())
                .contains("a user with a password");
    }
}
