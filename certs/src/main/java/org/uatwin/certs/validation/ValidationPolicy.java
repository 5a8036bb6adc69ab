package org.uatwin.certs.validation;

/**
 * What a site may choose about validation; the reasons for the defaults are in docs/decisions/0020-revocation-without-crl.md.
 *
 * @param minRsaBits shortest RSA key, 2048..maxRsaBits: Basic256Sha256, Aes128_Sha256_RsaOaep and Aes256_Sha256_RsaPss all ask
 *     for 2048..4096 bit (Part 7).
 * @param maxRsaBits longest RSA key of the peer's own certificate, up to 8192. Issuers may always have up to 8192.
 */
public record ValidationPolicy(int minRsaBits, int maxRsaBits, MissingCrl missingCrl) {
    /** What happens when an issuer has no current revocation list in the folders. */
    public enum MissingCrl {
        /** The certificate is accepted and the fact noted; an overdue list still refuses what it names. */
        ACCEPT,
        /** Refused as revocation unknown. */
        REFUSE
    }

    static final int MAX_ISSUER_RSA_BITS = 8192;

    public ValidationPolicy {
        if (minRsaBits < 2048 || minRsaBits > maxRsaBits || maxRsaBits > MAX_ISSUER_RSA_BITS) {
            throw new IllegalArgumentException("key lengths must satisfy 2048 <= min <= max <= %d bit: min %d, max %d"
                    .formatted(MAX_ISSUER_RSA_BITS, minRsaBits, maxRsaBits));
        }
    }

    /** RSA keys of 2048..4096 bit; an issuer without revocation list is accepted. */
    public static ValidationPolicy defaults() {
        return new ValidationPolicy(2048, 4096, MissingCrl.ACCEPT);
    }
}
