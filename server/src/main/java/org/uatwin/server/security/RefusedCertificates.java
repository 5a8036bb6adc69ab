package org.uatwin.server.security;

import java.security.cert.X509Certificate;
import java.util.List;
import org.uatwin.certs.validation.ValidationResult;

/** Is told of every certificate of a client or user that was refused. Called on the thread of the check. */
@FunctionalInterface
public interface RefusedCertificates {
    /** @param expectedUri the ApplicationUri it should have had, empty when none was asked for. */
    void refused(List<X509Certificate> chain, String expectedUri, ValidationResult result);
}
