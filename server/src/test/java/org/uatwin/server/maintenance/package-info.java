/** Twins whose health is watched over virtual time: virtual machines, a real table, the engine of the server, no sockets. */
@NullMarked
package org.uatwin.server.maintenance;

import org.jspecify.annotations.NullMarked;
