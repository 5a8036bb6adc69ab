package org.uatwin.certs.validation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.uatwin.certs.store.CertificateInfo;

/**
 * The decision about one chain.
 *
 * @param detail one sentence for our log: the certificate, the cause, the fix. Never send it to the peer.
 * @param notes what an administrator should know although it did not decide, such as an issuer without revocation list.
 * @param leaf the facts of the peer's own certificate; empty when it could not be read.
 * @param chain the peer's own certificate up to the root, as far as it could be built.
 * @param canBeTrusted refused only because nothing of the chain is trusted yet: {@link #trustCommand()} lets the peer in.
 */
public record ValidationResult(
        Outcome outcome,
        String detail,
        List<String> notes,
        Optional<CertificateInfo> leaf,
        List<X509Certificate> chain,
        boolean canBeTrusted) {
    public ValidationResult {
        notes = List.copyOf(notes);
        chain = List.copyOf(chain);
    }

    public boolean isGood() {
        return outcome.isGood();
    }

    /** The one command an administrator runs to let this peer in; empty when trusting it would not help. */
    public Optional<String> trustCommand() {
        return canBeTrusted ? leaf.map(info -> "uatwin certs trust " + info.thumbprint()) : Optional.empty();
    }
}
