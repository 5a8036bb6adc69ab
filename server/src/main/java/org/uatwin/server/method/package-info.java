/**
 * The methods of twins: their signatures (contracts section 4) and what answers them.
 *
 * <p>Signatures never change; a better one gets a new name. Handlers translate between OPC UA arguments and the
 * {@code simulation} module; they run on the twin methods' own pool, never on a request thread for longer than a
 * check.
 */
@NullMarked
package org.uatwin.server.method;

import org.jspecify.annotations.NullMarked;
