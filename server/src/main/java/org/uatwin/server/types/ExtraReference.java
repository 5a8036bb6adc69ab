package org.uatwin.server.types;

import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * A forward reference of a declared node beyond its place in the tree: Organizes from a functional group to a member,
 * HasInterface, FromState ... It is answered from both ends.
 *
 * @param referenceType NodeId of the ReferenceType.
 * @param target the node it points to, in any namespace.
 */
public record ExtraReference(NodeId referenceType, NodeId target) {}
