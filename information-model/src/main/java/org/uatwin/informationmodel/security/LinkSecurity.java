package org.uatwin.informationmodel.security;

import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who we are towards the field, and which servers there we trust. Any thread. */
public interface LinkSecurity {
    /** Has no certificate and trusts nobody. */
    LinkSecurity NONE = new LinkSecurity() {
        @Override
        public Optional<Identity> identity() {
            return Optional.empty();
        }

        @Override
        public void checkServer(List<X509Certificate> chain, @Nullable String applicationUri)
                throws CertificateException {
            throw new CertificateException("no server is trusted here");
        }
    };

    /**
     * Our application's certificate with its key.
     *
     * @param chain our certificate first, then its issuers as far as they are known.
     */
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("an identity needs a certificate");
            }
        }

        /** Never shows the key. */
        @Override
        public String toString() {
            return "Identity[%s]".formatted(chain.get(0).getSubjectX500Principal());
        }
    }

    /** Our certificate as it is now; empty if we have none. */
    Optional<Identity> identity();

    /**
     * Judges the certificate of a server by the application trust list. One that is refused is kept among the rejected, so that
     * an administrator can trust it.
     *
     * @param chain the server's certificate first.
     * @param applicationUri what the server says it is, to be found in its certificate; null if it is not known.
     * @throws CertificateException if it is not trusted; the message says cause and fix in a sentence each.
     */
    void checkServer(List<X509Certificate> chain, @Nullable String applicationUri) throws CertificateException;
}
