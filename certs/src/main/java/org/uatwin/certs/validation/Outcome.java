package org.uatwin.certs.validation;

/** The result of a validation with the standard's name and code (OPC UA Part 4, 6.1.3 and 7.39; Part 6, Annex A). */
public enum Outcome {
    GOOD("Good", 0, true),
    /** Not a certificate, a wrong signature, or a chain that breaks RFC 5280. */
    INVALID("Bad_CertificateInvalid", 0x80120000, false),
    /** An issuer is neither known to us nor sent by the peer, or the root is not known to us. */
    CHAIN_INCOMPLETE("Bad_CertificateChainIncomplete", 0x810D0000, false),
    /** Key too short or too long, not RSA, SHA-1 signature. */
    POLICY_CHECK_FAILED("Bad_CertificatePolicyCheckFailed", 0x81140000, false),
    UNTRUSTED("Bad_CertificateUntrusted", 0x801A0000, false),
    TIME_INVALID("Bad_CertificateTimeInvalid", 0x80140000, true),
    ISSUER_TIME_INVALID("Bad_CertificateIssuerTimeInvalid", 0x80150000, true),
    /** The ApplicationUri the client sent differs from the URI in its certificate, or that has none. */
    URI_INVALID("Bad_CertificateUriInvalid", 0x80170000, true),
    USE_NOT_ALLOWED("Bad_CertificateUseNotAllowed", 0x80180000, true),
    ISSUER_USE_NOT_ALLOWED("Bad_CertificateIssuerUseNotAllowed", 0x80190000, true),
    REVOCATION_UNKNOWN("Bad_CertificateRevocationUnknown", 0x801B0000, false),
    ISSUER_REVOCATION_UNKNOWN("Bad_CertificateIssuerRevocationUnknown", 0x801C0000, false),
    REVOKED("Bad_CertificateRevoked", 0x801D0000, false),
    ISSUER_REVOKED("Bad_CertificateIssuerRevoked", 0x801E0000, false);

    private static final int BAD_SECURITY_CHECKS_FAILED = 0x80130000;

    private final String statusName;
    private final int code;
    private final boolean tellThePeer;

    Outcome(String statusName, int code, boolean tellThePeer) {
        this.statusName = statusName;
        this.code = code;
        this.tellThePeer = tellThePeer;
    }

    /** The standard's name, for our log and the audit trail. */
    public String statusName() {
        return statusName;
    }

    /** The 32 bit of the StatusCode, for our log and the audit trail. */
    public int code() {
        return code;
    }

    /**
     * The StatusCode to answer. A peer whose chain is trusted learns its own defect, so that its owner can mend it. Everybody else
     * gets Bad_SecurityChecksFailed, which tells a stranger nothing about the trust lists (Part 4, 6.1.3; Part 2 on error
     * details).
     */
    public int publicCode() {
        return tellThePeer ? code : BAD_SECURITY_CHECKS_FAILED;
    }

    public boolean isGood() {
        return this == GOOD;
    }
}
