/**
 * Namespaces and type nodes: what an instance may be and which index its names live in.
 *
 * <p>{@link org.uatwin.server.types.NamespaceRegistry} owns {@code DIR/namespaces.json}, the append-only table of
 * namespace indexes, and puts it into the server's NamespaceTable before any node is made.
 * {@link org.uatwin.server.types.TypeSpace} holds every type node that is not the base model's: the parts of OPC UA
 * for Devices and OPC UA for Machinery that twins use, the twin types of {@code urn:uatwin:types}, the types a plant
 * declares, the entry objects (DeviceSet, Machines, Twins ...) and the NamespaceMetadata objects.
 *
 * <p>The built-in types are tables ({@code *.model} resources, one line a node: NodeId, BrowseName, type, rule), read
 * by {@link org.uatwin.server.types.ModelTables} into the same {@link org.uatwin.server.types.TypeDeclaration}s a plant's twin
 * types arrive as; one writer turns declarations into nodes and references.
 *
 * <p>Nodes are written by the thread that starts the server, before clients connect; afterwards they are only read,
 * by request threads. Twin instances, live values, methods and access rights belong to other packages.
 */
@NullMarked
package org.uatwin.server.types;

import org.jspecify.annotations.NullMarked;
