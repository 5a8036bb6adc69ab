/**
 * {@code uatwin evaluate}: detectors and prognosis on anyone's recorded data, offline. One class a question; files in, a
 * table out, key figures on the terminal.
 */
@NullMarked
package org.uatwin.server.cli.evaluate;

import org.jspecify.annotations.NullMarked;
