package org.uatwin.informationmodel.plant;

/**
 * What an adapter made of the keys of a connection. Immutable, with {@code equals} and {@code hashCode} by content:
 * after a reload, equal settings mean that the connection goes on untouched. {@code toString} shows no secrets; keep
 * them as {@link Secret}.
 */
public interface ConnectionSettings {
    /** The wire in one line for people, without user and password. */
    String endpoint();
}
