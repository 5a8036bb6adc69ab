/**
 * What {@code uatwin certs} and {@code uatwin users} do, as plain methods: the command line parses options and prints, nothing
 * more.
 *
 * <p>{@link org.uatwin.certs.admin.CertificateAdmin} and {@link org.uatwin.certs.admin.UserAdmin} answer records of texts,
 * numbers, booleans and lists, which any JSON writer prints as they are; their component names are part of the {@code --json}
 * contract. Times are ISO-8601 in UTC. Refusals are {@link org.uatwin.certs.PkiException}s whose message goes to the person as
 * it is.
 *
 * <p>These methods change files only; a running server sees the change at its next look, within a second. Each call reads the
 * folders anew. Use one object per command; it may be used from several threads.
 */
@NullMarked
package org.uatwin.certs.admin;

import org.jspecify.annotations.NullMarked;
