/**
 * Decides about the certificate chain a peer shows: OPC UA Part 4, 6.1.3, step by step and in its order.
 *
 * <p>{@link org.uatwin.certs.validation.CertificateValidator} takes a chain, looks at the {@code trust} folders, and answers a
 * {@link org.uatwin.certs.validation.ValidationResult}: exactly one {@link org.uatwin.certs.validation.Outcome}, the sentence for
 * our log, and the command that would let the peer in. What the peer may be told is {@link
 * org.uatwin.certs.validation.Outcome#publicCode()}: to strangers always the same.
 *
 * <p>Runs on the caller's thread, holds no state beyond its trust store, and reads no clock: the time is an argument, so live
 * sessions can be judged again later. That the peer owns the private key is proved by the channel's signature, not here.
 */
@NullMarked
package org.uatwin.certs.validation;

import org.jspecify.annotations.NullMarked;
