package org.uatwin.server.security;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.store.OwnIdentity;
import org.uatwin.certs.validation.CertificateValidator;
import org.uatwin.certs.validation.Purpose;
import org.uatwin.certs.validation.ValidationResult;
import org.uatwin.informationmodel.security.LinkSecurity;

/** The server's certificate and trust list for links that are clients of other servers. */
final class FieldSecurity implements LinkSecurity {
    private final OwnIdentity own;
    private final CertificateValidator peers;
    private final InstantSource clock;
    /** Refusals logged already: a link asks again with every attempt to connect. As many as there are upstream servers. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    FieldSecurity(OwnIdentity own, CertificateValidator peers, InstantSource clock) {
        this.own = own;
        this.peers = peers;
        this.clock = clock;
    }

    @Override
    public Optional<Identity> identity() {
        return Optional.of(new Identity(own.keyPair().getPrivate(), own.chain()));
    }

    @Override
    public void checkServer(List<X509Certificate> chain, @Nullable String applicationUri) throws CertificateException {
        ValidationResult result = peers.judge(chain, Purpose.SERVER_INSTANCE, applicationUri, clock.instant());
        if (result.isGood()) {
            return;
        }
        if (told.add(result.outcome() + result.detail())) {
            peers.validate(
                    chain, Purpose.SERVER_INSTANCE, applicationUri, clock.instant()); // logs it, keeps it as rejected
        }
        throw new CertificateException(result.detail()
                + result.trustCommand().map(command -> ". Fix: " + command).orElse(""));
    }
}
