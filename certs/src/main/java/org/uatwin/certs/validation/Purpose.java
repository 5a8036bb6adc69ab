package org.uatwin.certs.validation;

/** What a certificate is used for, which decides about its usage bits and its URI. */
public enum Purpose {
    /** An OPC UA client opening a secure channel: OPC UA Part 6, 6.2.2. */
    APPLICATION_INSTANCE,
    /** A person logging on with an X509IdentityToken: only a signature is needed of it. */
    USER
}
