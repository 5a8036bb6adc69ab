package org.uatwin.certs.validation;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Looks a certificate up in the revocation lists of its issuer. */
final class Revocation {
    enum Status {
        NOT_REVOKED,
        REVOKED,
        /** No list of the issuer is known. */
        NO_LIST,
        /** The lists known do not name it, but the next update of each is overdue. */
        OVERDUE
    }

    private Revocation() {}

    /** Lists not signed by the issuer, and partial ones (unknown critical extensions such as the delta indicator), do not count. */
    static Status of(X509Certificate certificate, X509Certificate issuer, List<X509CRL> crls, Instant now) {
        Status status = Status.NO_LIST;
        for (X509CRL crl : crls) {
            if (!crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    || crl.hasUnsupportedCriticalExtension()
                    || !signedBy(crl, issuer)) {
                continue;
            }
            if (crl.isRevoked(certificate)) {
                return Status.REVOKED; // also when the list is old: what is revoked stays revoked
            }
            boolean current = crl.getNextUpdate() == null
                    || !now.isAfter(crl.getNextUpdate().toInstant());
            if (current) {
                status = Status.NOT_REVOKED;
            } else if (status == Status.NO_LIST) {
                status = Status.OVERDUE;
            }
        }
        return status;
    }

    private static boolean signedBy(X509CRL crl, X509Certificate issuer) {
        try {
            crl.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // a list forged or of an older key of the same name
        }
    }
}
