/**
 * How long certificates still last. Pure functions of a certificate and a time; no state, no clock, any thread.
 *
 * <p>The command line shows it per certificate, the server may turn it into warnings. Whether an expired certificate is refused
 * is decided in {@code validation}.
 */
@NullMarked
package org.uatwin.certs.expiry;

import org.jspecify.annotations.NullMarked;
