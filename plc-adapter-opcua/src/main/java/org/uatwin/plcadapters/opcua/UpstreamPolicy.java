package org.uatwin.plcadapters.opcua;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.jspecify.annotations.Nullable;

/** Security policies a connection may have (OPC UA Part 7), the weakest first. The withdrawn ones are not among them. */
enum UpstreamPolicy {
    NONE("None", SecurityPolicy.None),
    AES128("Aes128_Sha256_RsaOaep", SecurityPolicy.Aes128_Sha256_RsaOaep),
    BASIC256("Basic256Sha256", SecurityPolicy.Basic256Sha256),
    AES256("Aes256_Sha256_RsaPss", SecurityPolicy.Aes256_Sha256_RsaPss);

    private final String uaName;
    private final SecurityPolicy policy;

    UpstreamPolicy(String uaName, SecurityPolicy policy) {
        this.uaName = uaName;
        this.policy = policy;
    }

    /** As Part 7 and plant files spell it. */
    String uaName() {
        return uaName;
    }

    boolean isSecure() {
        return this != NONE;
    }

    static String[] names() {
        return Arrays.stream(values()).map(UpstreamPolicy::uaName).toArray(String[]::new);
    }

    static Optional<UpstreamPolicy> named(String name) {
        return Arrays.stream(values()).filter(p -> p.uaName.equals(name)).findFirst();
    }

    static Optional<UpstreamPolicy> ofUri(@Nullable String uri) {
        return Arrays.stream(values())
                .filter(p -> p.policy.getUri().equals(uri))
                .findFirst();
    }
}
