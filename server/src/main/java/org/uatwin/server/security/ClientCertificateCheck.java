package org.uatwin.server.security;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.validation.Purpose;
import org.uatwin.certs.validation.ValidationResult;

/** Checks the certificates of client applications, at OpenSecureChannel and again at CreateSession. */
record ClientCertificateCheck(
        org.uatwin.certs.validation.CertificateValidator peers, RefusedCertificates refusals, InstantSource clock)
        implements CertificateValidator {
    @Override
    public void validateCertificateChain(
            List<X509Certificate> certificateChain, @Nullable String applicationUri, String @Nullable [] validHostnames)
            throws UaException {
        ValidationResult result =
                peers.validate(certificateChain, Purpose.APPLICATION_INSTANCE, applicationUri, clock.instant());
        if (!result.isGood()) {
            refusals.refused(certificateChain, applicationUri == null ? "" : applicationUri, result);
            throw new UaException(Integer.toUnsignedLong(result.outcome().publicCode()));
        }
    }
}
