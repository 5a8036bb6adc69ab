/**
 * What the plant file asks to be watched of a point's values over time: wear that grows towards a limit, and what is unlike its own past.
 * Values that cannot be wrong; what is done with them is in {@code server.maintenance}.
 */
@NullMarked
package org.uatwin.informationmodel.monitoring;

import org.jspecify.annotations.NullMarked;
