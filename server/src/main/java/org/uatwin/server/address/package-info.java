/**
 * The computed address space: the plant's twins as OPC UA nodes that are not stored.
 *
 * <p>A {@link org.uatwin.server.address.Layout} holds, per twin type, the ordered
 * {@link org.uatwin.server.address.Slot}s of an instance with their attributes as constants. A node is an (instance,
 * slot) pair; {@link org.uatwin.server.address.PlantNodes} finds it by one hash lookup of the twin and one of the
 * member path. {@link org.uatwin.server.address.PlantFragment} answers Milo's Browse, Read and monitored items from
 * layout and point table; writes go through {@link org.uatwin.server.address.PlantWrites}, pushed values through
 * {@code push}. NodeIds are made of names only (contracts section 1): {@code s=<twinId>/<Member>/<Member>}; folders
 * have ids with a colon, which no twin id can hold.
 *
 * <p>Everything here may be called from any thread; nothing blocks.
 */
@NullMarked
package org.uatwin.server.address;

import org.jspecify.annotations.NullMarked;
