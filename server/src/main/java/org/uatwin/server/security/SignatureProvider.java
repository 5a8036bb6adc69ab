package org.uatwin.server.security;

import java.security.Security;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;

/**
 * The algorithms Java lacks: the signatures and passwords of Aes256_Sha256_RsaPss are those of Bouncy Castle. Making them takes a third
 * of a second, so a server does it once it is ready; who needs them sooner waits.
 */
public final class SignatureProvider {
    private static final Set<String> JAVA_SUFFICES = Set.of(
            SecurityPolicy.None.getUri(),
            SecurityPolicy.Basic256Sha256.getUri(),
            SecurityPolicy.Aes128_Sha256_RsaOaep.getUri());

    private SignatureProvider() {}

    /** Once it returns they are there. Any thread. */
    public static synchronized void install() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
    }

    /** As {@link #install}, if a channel or a password of that policy needs them. */
    public static void installFor(String policyUri) {
        if (!JAVA_SUFFICES.contains(policyUri)) {
            install();
        }
    }

    /** On a thread of its own. */
    public static void installInBackground() {
        Thread thread = new Thread(SignatureProvider::install, "uatwin-signatures");
        thread.setDaemon(true);
        thread.start();
    }
}
