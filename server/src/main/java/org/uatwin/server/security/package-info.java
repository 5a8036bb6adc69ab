/**
 * Milo's security ports served by the {@code certs} module: the server's own certificate, validation of peers, logon
 * of users, roles, and the endpoints with their token policies.
 *
 * <p>No rule about certificates, passwords or trust is decided here; this package only translates between Milo's
 * types and {@code org.uatwin.certs}. Everything may be called from any thread.
 */
@NullMarked
package org.uatwin.server.security;

import org.jspecify.annotations.NullMarked;
