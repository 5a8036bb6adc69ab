package org.uatwin.certs.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.util.IPAddress;

/**
 * What our own certificate must say.
 *
 * @param applicationUri ApplicationUri of the server, {@code urn:...}; clients compare it with the certificate.
 * @param commonName shown to people by clients, for example {@code uatwin@line-7}; 1..64 characters (RFC 5280, ub-common-name).
 * @param dnsNames host names in endpoint URLs; duplicates are dropped, case is ignored.
 * @param ipAddresses literal IPv4 or IPv6 addresses in endpoint URLs.
 */
public record IdentityRequest(
        String applicationUri, String commonName, List<String> dnsNames, List<String> ipAddresses) {
    public IdentityRequest {
        if (!applicationUri.matches("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7E]+")) {
            throw new IllegalArgumentException(
                    "applicationUri must be an ASCII URI such as urn:uatwin:...: " + applicationUri);
        }
        if (commonName.isBlank() || commonName.length() > 64) {
            throw new IllegalArgumentException("commonName must have 1..64 characters: \"" + commonName + "\"");
        }
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (String name : dnsNames) {
            if (!name.matches("[A-Za-z0-9_*]([A-Za-z0-9_.-]*[A-Za-z0-9_])?")) {
                throw new IllegalArgumentException("not a host name: \"" + name + "\"");
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        dnsNames = List.copyOf(names);
        for (String address : ipAddresses) {
            if (!IPAddress.isValid(address)) {
                throw new IllegalArgumentException("not a literal IP address: \"" + address + "\"");
            }
        }
        ipAddresses = List.copyOf(new LinkedHashSet<>(ipAddresses));
    }
}
