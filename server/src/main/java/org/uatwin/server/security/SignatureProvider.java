package org.uatwin.server.security;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The algorithms Java lacks: Aes256_Sha256_RsaPss needs the signatures of Bouncy Castle. */
public final class SignatureProvider {
    private SignatureProvider() {}

    /** Once it returns they are there. Any thread; making them takes a third of a second, so whoever comes second waits. */
    public static synchronized void install() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
    }
}
