package org.uatwin.certs.trust;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.uatwin.certs.store.CertificateInfo;

/**
 * A certificate of a trust folder.
 *
 * @param modified last modification of the file; for a rejected one the last time it was refused.
 */
public record StoredCertificate(Path file, X509Certificate certificate, CertificateInfo info, Instant modified) {}
