/**
 * Past values. {@link org.uatwin.historian.store} is the interface every store fulfils, with its queries, pages and the
 * feed from the live values; {@link org.uatwin.historian.sqlite} is the store on disk, {@link org.uatwin.historian.codec}
 * how it makes few bytes of samples, {@link org.uatwin.historian.memory} the bounded store that lives in memory.
 *
 * <p>Nothing here knows OPC UA services: HistoryRead is answered by the server, which turns pages into DataValues.
 */
@NullMarked
package org.uatwin.historian;

import org.jspecify.annotations.NullMarked;
