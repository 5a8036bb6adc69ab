/**
 * The OPC UA services in front of Milo: every hole of Milo 1.1.2 that can be met at a service boundary is closed here
 * (docs/milo-holes.md lists them with their tests).
 *
 * <p>{@link org.uatwin.server.service.TwinServer} replaces Milo's service handlers of every endpoint path. A request is
 * checked against {@link org.uatwin.server.service.ServerLimits} and the access controller entry by entry, then each entry
 * goes to a port of {@link org.uatwin.server.service.ServicePorts} (our computed address space, asynchronous) or to
 * Milo's own address spaces; results come back in request order.
 *
 * <p>Threads: handlers run on Milo's request executor and never wait for a device; Write, Call and HistoryRead complete
 * on whichever thread completes the last entry, or on the deadline timer. Per-session state is concurrent and removed
 * when the session closes. Address-space content and device access belong elsewhere.
 */
@NullMarked
package org.uatwin.server.service;

import org.jspecify.annotations.NullMarked;
