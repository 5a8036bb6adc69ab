/**
 * {@code uatwin probe}: what is behind an unknown device or broker. Each protocol has its own subcommand, which asks
 * through the adapters' module and prints what was found as text or JSON; nothing is ever written to a device.
 *
 * <p>Runs on the main thread; Ctrl-C ends the questions and prints what is known by then. How values and payloads are
 * judged belongs to {@code plcadapters}.
 */
@NullMarked
package org.uatwin.server.cli.probe;

import org.jspecify.annotations.NullMarked;
