/**
 * The plant file: from YAML to a {@link org.uatwin.informationmodel.plant.Plant}, or to findings that say where, why
 * and how to mend it.
 *
 * <p>{@link org.uatwin.informationmodel.plant.PlantFile} reads a file into a tree that remembers line and column of
 * every node, checks it completely and builds an immutable {@code Plant}: connections with their devices and poll
 * groups, twin types (built-in library plus the file's own), twins with the bindings of their points. Ranges and CSV
 * tables of instances are expanded here. Protocol addresses are plain data here; what is done with them belongs to
 * {@code plc-adapters}. {@link org.uatwin.informationmodel.plant.Document} and {@link
 * org.uatwin.informationmodel.plant.Csv} read other files of ours with the same places and findings. This is the only package of the module that may read YAML, JSON or CSV. No threads, no
 * sockets.
 */
@NullMarked
package org.uatwin.informationmodel.plant;

import org.jspecify.annotations.NullMarked;
