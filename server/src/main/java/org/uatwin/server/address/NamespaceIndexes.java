package org.uatwin.server.address;

import org.uatwin.server.types.NamespaceRegistry;

/**
 * Namespace indexes of this server (contracts section 1). Only the site's differs between plants.
 *
 * @param site index of {@code urn:uatwin:site:<siteId>}, 2 for the first site.
 */
public record NamespaceIndexes(int site) {
    public static final int TYPES = NamespaceRegistry.TYPES;
    public static final int DI = NamespaceRegistry.DI;
    public static final int MACHINERY = NamespaceRegistry.MACHINERY;
}
