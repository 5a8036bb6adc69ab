/**
 * Sparkplug B 3.0 as a host application sees it, without a broker: topics, and the state of edge nodes.
 *
 * <p>{@link org.uatwin.plcadapters.sparkplug.EdgeNode} takes the messages of one edge node in their order and says which
 * metrics have which value, who is dead, and whether a rebirth must be asked for. Payloads are Eclipse Tahu's generated
 * messages; sequence, births, deaths and aliases are decided here. Pure state, owned by whoever feeds it; how messages
 * travel belongs to {@code mqtt}.
 */
@NullMarked
package org.uatwin.plcadapters.sparkplug;

import org.jspecify.annotations.NullMarked;
