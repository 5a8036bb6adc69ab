package org.uatwin.certs.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.uatwin.certs.expiry.Expiry;
import org.uatwin.certs.store.CertificateInfo;

/**
 * One certificate in a listing.
 *
 * @param store {@code own}, {@code trusted}, {@code issuer}, {@code rejected}, or {@code user-trusted} and so on for persons.
 * @param applicationUri empty when the certificate has none.
 * @param notBefore ISO-8601, UTC.
 * @param state {@code ok}, {@code warn} (fewer than 60 days left), {@code expired}, {@code not-yet-valid}.
 * @param file path below the {@code pki} directory.
 * @param seen ISO-8601, UTC: when the file was written; for a rejected one when it was refused last.
 * @param defects what will be refused about it even when it is trusted.
 */
public record CertificateRow(
        String store,
        String commonName,
        String subject,
        String issuer,
        String applicationUri,
        String thumbprint,
        String notBefore,
        String notAfter,
        long daysLeft,
        String state,
        int keyBits,
        String signatureAlgorithm,
        boolean selfSigned,
        String file,
        String seen,
        List<String> defects) {
    public CertificateRow {
        defects = List.copyOf(defects);
    }

    static CertificateRow of(String store, CertificateInfo info, String file, Instant seen, Instant now) {
        Expiry expiry = Expiry.of(info, now);
        String state =
                switch (expiry.state()) {
                    case OK -> "ok";
                    case WARN -> "warn";
                    case EXPIRED -> "expired";
                    case NOT_YET_VALID -> "not-yet-valid";
                };
        return new CertificateRow(
                store,
                info.commonName(),
                info.subject(),
                info.issuer(),
                info.applicationUri().orElse(""),
                info.thumbprint().hex(),
                info.notBefore().toString(),
                info.notAfter().toString(),
                expiry.daysLeft(),
                state,
                info.keyBits(),
                info.signatureAlgorithm(),
                info.isSelfSigned(),
                file,
                seen.toString(),
                defects(store, info, expiry));
    }

    private static List<String> defects(String store, CertificateInfo info, Expiry expiry) {
        List<String> defects = new ArrayList<>();
        if (expiry.state() == Expiry.State.EXPIRED) {
            defects.add("expired");
        }
        if (expiry.state() == Expiry.State.NOT_YET_VALID) {
            defects.add("not yet valid");
        }
        if (!info.keyAlgorithm().equals("RSA")) {
            defects.add("not an RSA key");
        } else if (info.keyBits() < 2048) {
            defects.add("RSA key shorter than 2048 bit");
        }
        if (info.signatureAlgorithm().matches("(?i)(SHA1|MD5|MD2)with.*") && !(info.isCa() && info.isSelfSigned())) {
            defects.add("signed with " + info.signatureAlgorithm());
        }
        if (info.applicationUri().isEmpty() && !info.isCa() && !store.startsWith("user-")) {
            defects.add("no application URI in the SubjectAltName");
        }
        return defects;
    }
}
