/**
 * Who may log on, and with which roles: {@code users.yaml} of the data directory.
 *
 * <p>{@link org.uatwin.certs.user.UserDirectory} answers logons. It takes the current {@link org.uatwin.certs.user.UserTable}
 * from the {@link org.uatwin.certs.user.UserFile}, which reads the file again when it changed (looked at once a second at most),
 * or from memory for the demo's users. {@link org.uatwin.certs.user.Passwords} is the only place that touches hashes, {@link
 * org.uatwin.certs.user.LogonThrottle} slows guessing down.
 *
 * <p>Threads: everything is thread-safe. A logon computes a bcrypt hash (tens of milliseconds) on the caller's thread; at most
 * half of the cores do so at the same time. Passwords are never logged, printed or kept.
 *
 * <p>Whether the certificate of an X.509 user is genuine and trusted is decided in {@code validation} with the user trust
 * folders; here it only gets its name and roles.
 */
@NullMarked
package org.uatwin.certs.user;

import org.jspecify.annotations.NullMarked;
