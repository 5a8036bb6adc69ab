/**
 * The {@code pki/} part of the data directory: where files lie, how they are read and written, and our own key and certificate.
 *
 * <p>{@link org.uatwin.certs.store.PkiDirectory} names the folders. {@link org.uatwin.certs.store.OwnIdentity} loads the pair of
 * key and certificate the server shows to clients, or makes one on the first start. {@link
 * org.uatwin.certs.store.CertificateFiles} and {@link org.uatwin.certs.store.PrivateKeyFiles} read what an administrator copied
 * in, in the formats tools write. {@link org.uatwin.certs.store.AtomicFile} is the only way this module writes a file.
 *
 * <p>Everything runs on the caller's thread and keeps no state. Which certificates of others are trusted belongs to the
 * {@code trust} package, what is wrong with one to {@code validation}.
 */
@NullMarked
package org.uatwin.certs.store;

import org.jspecify.annotations.NullMarked;
