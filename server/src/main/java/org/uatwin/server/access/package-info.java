/**
 * Who may do what: well-known roles, permission classes of nodes, and the access controller that replaces Milo's.
 *
 * <p>{@link org.uatwin.server.access.AccessPolicy} is a pure table (permission class, roles) to PermissionType bits
 * (OPC UA Part 3, 8.55). {@link org.uatwin.server.access.PermissionSource} is implemented by an address space and names
 * the permission class of its nodes; nodes of namespaces 0 and 1 are classified here.
 * {@link org.uatwin.server.access.TwinAccessController} asks both, one lookup per node, with the roles of a session cached
 * as a bitmap until its identity or endpoint changes.
 *
 * <p>Threads: everything is called from request threads and from the threads that raise events; all state is immutable
 * or concurrent. User names, passwords and the mapping of users to roles belong elsewhere (a Milo RoleMapper).
 */
@NullMarked
package org.uatwin.server.access;

import org.jspecify.annotations.NullMarked;
