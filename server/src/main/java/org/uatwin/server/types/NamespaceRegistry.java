package org.uatwin.server.types;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.jspecify.annotations.Nullable;

/**
 * The server's namespace indexes: an append-only table kept in {@code DIR/namespaces.json}.
 *
 * <p>Clients store NodeIds with their index, so an index never moves and is never given to another URI. Rows 0 to 9 are
 * fixed from the first release (row 1 is the ApplicationUri of this data directory, row 2 its first site); further sites
 * and companion models follow in order of appearance. A table that was changed by hand is refused, never repaired.
 *
 * <p>Thread-safe. Every row is on disk before its index is returned.
 */
public final class NamespaceRegistry {

    public static final String TYPES_URI = "urn:uatwin:types";
    public static final String DI_URI = "http://opcfoundation.org/UA/DI/";
    public static final String IA_URI = "http://opcfoundation.org/UA/IA/";
    public static final String MACHINERY_URI = "http://opcfoundation.org/UA/Machinery/";
    public static final String JOB_CONTROL_URI = "http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/";
    public static final String MACHINERY_JOBS_URI = "http://opcfoundation.org/UA/Machinery/Jobs/";
    public static final String MACHINERY_RESULT_URI = "http://opcfoundation.org/UA/Machinery/Result/";

    public static final int APPLICATION = 1;
    public static final int FIRST_SITE = 2;
    public static final int TYPES = 3;
    public static final int DI = 4;
    public static final int IA = 5;
    public static final int MACHINERY = 6;
    public static final int JOB_CONTROL = 7;
    public static final int MACHINERY_JOBS = 8;
    public static final int MACHINERY_RESULT = 9;

    static final String UA_URI = "http://opcfoundation.org/UA/";
    static final List<String> FIXED_FROM_TYPES = List.of(
            TYPES_URI, DI_URI, IA_URI, MACHINERY_URI, JOB_CONTROL_URI, MACHINERY_JOBS_URI, MACHINERY_RESULT_URI);

    private static final String SITE_PREFIX = "urn:uatwin:site:";
    private static final Pattern SITE_ID = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern URI =
            Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"); // printable, no quote, no backslash
    private static final int LAST_INDEX = 65_535; // NamespaceIndex is a UInt16

    private final NamespacesFile file;
    private final List<String> uris; // guarded by this
    private final String applicationUri;

    private NamespaceRegistry(NamespacesFile file, List<String> uris, @Nullable String applicationUri) {
        this.file = file;
        this.uris = uris;
        this.applicationUri = applicationUri == null ? uris.get(APPLICATION) : applicationUri;
    }

    /**
     * Opens the table of a data directory, or makes it with a fresh ApplicationUri.
     *
     * @param dataDirectory an existing directory.
     * @param siteId the site of the plant file, {@code [A-Za-z0-9_.-]+}; appended if the table has it not yet.
     * @throws NamespacesFileException if the file is damaged, was reordered, or cannot be read or written.
     */
    public static NamespaceRegistry open(Path dataDirectory, String siteId) {
        return open(dataDirectory, siteId, null);
    }

    /**
     * As {@link #open(Path, String)}, with an ApplicationUri that stands in for the stored one while this registry lives.
     *
     * @param applicationUri the ApplicationUri to announce, or null for the stored one; the file keeps its own.
     */
    public static NamespaceRegistry open(Path dataDirectory, String siteId, @Nullable String applicationUri) {
        String site = siteUri(siteId);
        if (applicationUri != null) {
            requireUri(applicationUri);
        }
        NamespacesFile file = new NamespacesFile(dataDirectory);
        List<String> uris = file.read();
        if (uris.isEmpty()) {
            uris = new ArrayList<>(List.of(UA_URI, "urn:uatwin:" + UUID.randomUUID(), site));
            uris.addAll(FIXED_FROM_TYPES);
            file.write(uris);
        }
        NamespaceRegistry registry = new NamespaceRegistry(file, new ArrayList<>(uris), applicationUri);
        registry.add(site);
        return registry;
    }

    /** {@code urn:uatwin:site:<siteId>}. */
    public static String siteUri(String siteId) {
        if (!SITE_ID.matcher(siteId).matches()) {
            throw new IllegalArgumentException("site id \"%s\": only letters, digits, '_', '.', '-'".formatted(siteId));
        }
        return SITE_PREFIX + siteId;
    }

    /** The ApplicationUri this server announces. */
    public String applicationUri() {
        return applicationUri;
    }

    /** All namespace URIs by index, as NamespaceArray shows them. */
    public synchronized List<String> uris() {
        List<String> announced = new ArrayList<>(uris);
        announced.set(APPLICATION, applicationUri);
        return List.copyOf(announced);
    }

    /** The index of a namespace, if it has one. */
    public synchronized OptionalInt find(String uri) {
        int index = uri.equals(applicationUri) ? APPLICATION : uris.indexOf(uri);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * The index of a namespace; a new one is appended and written to disk first.
     *
     * @param uri printable ASCII without quotes and backslashes.
     */
    public synchronized int add(String uri) {
        requireUri(uri);
        OptionalInt known = find(uri);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        if (uris.size() > LAST_INDEX) {
            throw new IllegalStateException("no namespace index is left for " + uri);
        }
        List<String> longer = new ArrayList<>(uris);
        longer.add(uri);
        file.write(longer);
        uris.add(uri);
        return uris.size() - 1;
    }

    /** The index of a site's namespace; a new site is appended. */
    public int addSite(String siteId) {
        return add(siteUri(siteId));
    }

    /**
     * Puts every row into the server's NamespaceTable at exactly its index. Call it right after the server is made and before
     * any other namespace registers; call it again after {@link #add}, which appends the new rows only.
     *
     * @throws IllegalStateException if the server's table already holds other URIs, or its ApplicationUri is not ours.
     */
    public void register(OpcUaServer server) {
        NamespaceTable table = server.getNamespaceTable();
        List<String> wanted = uris();
        String[] present = table.toArray();
        for (int index = 0; index < wanted.size(); index++) {
            String uri = wanted.get(index);
            if (index >= present.length) {
                int given = table.add(uri).intValue();
                if (given != index) {
                    throw new IllegalStateException(
                            "%s got namespace index %d instead of %d".formatted(uri, given, index));
                }
            } else if (!uri.equals(present[index])) {
                throw new IllegalStateException(
                        "namespace %d of the server is %s but the registry has %s; register it before any other namespace"
                                .formatted(index, present[index], uri));
            }
        }
    }

    private static void requireUri(String uri) {
        if (!URI.matcher(uri).matches()) {
            throw new IllegalArgumentException(
                    "namespace URI \"%s\": only printable ASCII without quotes, backslashes and spaces".formatted(uri));
        }
    }
}
