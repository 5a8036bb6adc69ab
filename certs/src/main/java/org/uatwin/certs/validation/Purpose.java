package org.uatwin.certs.validation;

/** What a certificate is used for, which decides about its usage bits and its URI. */
public enum Purpose {
    /** An OPC UA client opening a secure channel: OPC UA Part 6, 6.2.2. */
    APPLICATION_INSTANCE,
    /**
     * An OPC UA server we connect to: as a client's, but for the side its ExtendedKeyUsage names. A usage that is missing is
     * suppressed (Part 4, table 100) if this very certificate is trusted.
     */
    SERVER_INSTANCE,
    /** A person logging on with an X509IdentityToken: only a signature is needed of it. */
    USER
}
