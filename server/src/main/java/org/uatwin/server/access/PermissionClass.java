package org.uatwin.server.access;

/** What kind of node it is when permissions are decided; {@link AccessPolicy} says who may do what with each. */
public enum PermissionClass {
    /** Types, Server object, capabilities, status: everybody browses, reads and calls; nobody writes. */
    SERVER_PUBLIC,
    /** Switches of the server itself (diagnostics EnabledFlag): everybody reads, ConfigureAdmin writes and calls. */
    SERVER_CONFIGURATION,
    /** Security diagnostics of sessions: SecurityAdmin only, hidden from all others. */
    SECURITY_DIAGNOSTICS,
    /** Certificates and trust lists: everybody browses and reads, SecurityAdmin writes and calls. */
    SECURITY_CONFIGURATION,
    /** Measured and computed points, twin objects, folders: the plant's roles read; nobody writes. */
    PLANT_READ,
    /** Writable points: as PLANT_READ, and Operator, Supervisor and Engineer write. */
    SETPOINT,
    /** Methods of twins: the plant's roles browse them, Operator, Supervisor and Engineer call them. */
    METHOD,
    /** Methods that change the plant by themselves: the plant's roles browse them, Engineer calls them. */
    CONTROL,
    /** Configuration of the plant (limits, ranges, enabling): the plant's roles read, Engineer and ConfigureAdmin write. */
    CONFIGURATION,
    /** What the server serves (the plant file and its reload): the plant's roles and admins look, Engineer and ConfigureAdmin call. */
    ADMINISTRATION,
    /** Audit events: received by SecurityAdmin, ConfigureAdmin and Engineer. */
    AUDIT
}
