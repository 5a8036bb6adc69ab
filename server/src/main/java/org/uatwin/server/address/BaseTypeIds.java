package org.uatwin.server.address;

/** Numeric ids in {@code urn:uatwin:types} that the computed nodes refer to. */
final class BaseTypeIds {
    static final int TWIN_STATUS_TYPE = 2;
    static final int TWIN_RUN_FOLDER_TYPE = 8;
    static final int TWINS_FOLDER = 10;

    private BaseTypeIds() {}
}
