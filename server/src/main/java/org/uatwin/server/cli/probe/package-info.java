/**
 * {@code uatwin probe}: what is behind an unknown device. Each protocol has its own subcommand, which asks the device
 * through {@code plcadapters.probe} and prints what was found as text or JSON; nothing is ever written to a device.
 *
 * <p>Runs on the main thread; Ctrl-C ends the questions and prints what is known by then. How values are judged belongs
 * to {@code plcadapters.probe}.
 */
@NullMarked
package org.uatwin.server.cli.probe;

import org.jspecify.annotations.NullMarked;
