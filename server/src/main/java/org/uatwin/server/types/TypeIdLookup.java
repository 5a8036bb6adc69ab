package org.uatwin.server.types;

import java.util.OptionalInt;

/** The numeric ids of {@code urn:uatwin:types} by path, such as {@code TwinType/Twin/SyncState}; ids are never reused. */
@FunctionalInterface
public interface TypeIdLookup {

    /** The id of the type or instance declaration at a path of BrowseNames without namespaces. */
    OptionalInt id(String path);
}
