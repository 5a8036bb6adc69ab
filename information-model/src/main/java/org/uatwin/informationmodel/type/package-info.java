/**
 * Twin types: what a kind of asset has, declared once.
 *
 * <p>A {@link org.uatwin.informationmodel.type.TwinType} is a layout: an ordered list of
 * {@link org.uatwin.informationmodel.type.Member}s with their attributes as constants. The address space, the
 * plant-file check, history, the JSON Schema and the documents derive from it. The built-in library is YAML under
 * {@code org/uatwin/types/}; a plant file adds its own types in the same form. Reading YAML is the {@code plant}
 * package's work; this package holds immutable values only. No threads, no sockets.
 */
@NullMarked
package org.uatwin.informationmodel.type;

import org.jspecify.annotations.NullMarked;
