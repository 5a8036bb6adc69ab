package org.uatwin.server.access;

/** The bits of PermissionType (OPC UA Part 3, 8.55). */
public final class Permission {
    public static final int BROWSE = 1;
    public static final int READ_ROLE_PERMISSIONS = 1 << 1;
    public static final int WRITE_ATTRIBUTE = 1 << 2;
    public static final int WRITE_ROLE_PERMISSIONS = 1 << 3;
    public static final int WRITE_HISTORIZING = 1 << 4;
    public static final int READ = 1 << 5;
    public static final int WRITE = 1 << 6;
    public static final int READ_HISTORY = 1 << 7;
    public static final int INSERT_HISTORY = 1 << 8;
    public static final int MODIFY_HISTORY = 1 << 9;
    public static final int DELETE_HISTORY = 1 << 10;
    public static final int RECEIVE_EVENTS = 1 << 11;
    public static final int CALL = 1 << 12;
    public static final int ADD_REFERENCE = 1 << 13;
    public static final int REMOVE_REFERENCE = 1 << 14;
    public static final int DELETE_NODE = 1 << 15;
    public static final int ADD_NODE = 1 << 16;

    private Permission() {}
}
