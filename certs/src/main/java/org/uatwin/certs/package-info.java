/**
 * Keys, certificates, trust lists and users of one uatwin server: everything about who may connect, and nothing about how
 * OPC UA messages travel.
 *
 * <p>The rooms, and how they use each other (arrows point to what is used):
 *
 * <pre>
 * admin      -> user, trust, expiry, store   what the command line calls
 * validation -> trust, store                 decides about the certificate of a peer
 * trust      -> store                        trusted, issuer and rejected certificates, revocation lists
 * user       -> store                        users.yaml, passwords, roles
 * expiry     -> store                        days left
 * store                                      the pki directory, our own key and certificate, files
 * </pre>
 *
 * <p>No class here starts a thread; all public classes may be used from several threads unless they say otherwise. Nothing of
 * Milo and no other module of ours is imported (ModuleGuardTest keeps it so): the server turns these answers into status codes.
 * Faults are {@link org.uatwin.certs.PkiException}s that name the file, the cause and the fix.
 */
@NullMarked
package org.uatwin.certs;

import org.jspecify.annotations.NullMarked;
