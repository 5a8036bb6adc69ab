package org.uatwin.server.address;

/**
 * Namespace indexes of this server (contracts section 1). Only the site's differs between plants.
 *
 * @param site index of {@code urn:uatwin:site:<siteId>}, 2 for the first site.
 */
public record NamespaceIndexes(int site) {
    public static final int TYPES = 3;
    public static final int DI = 4;
    public static final int MACHINERY = 6;
}
