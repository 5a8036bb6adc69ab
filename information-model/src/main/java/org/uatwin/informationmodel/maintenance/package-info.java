/**
 * What a plant file says about maintenance: how long work takes, who does it and when, what it costs, when machines stand anyway
 * (vocabulary of EN 13306 and ISO 14224). Values only; {@code plant} reads them, the planning itself is in the module {@code simulation}
 * and in the server.
 *
 * <p>Immutable, any thread.
 */
@NullMarked
package org.uatwin.informationmodel.maintenance;

import org.jspecify.annotations.NullMarked;
