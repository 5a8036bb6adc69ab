package org.uatwin.certs.admin;

import java.util.List;

/**
 * What a command did.
 *
 * @param certificate the certificate where it lies now; for a removed one where it was.
 * @param issuersAdded thumbprints of issuers moved to the issuer folder along with it.
 * @param notes what is still to do, in sentences.
 */
public record CertificateChange(CertificateRow certificate, List<String> issuersAdded, List<String> notes) {
    public CertificateChange {
        issuersAdded = List.copyOf(issuersAdded);
        notes = List.copyOf(notes);
    }
}
