/**
 * Certificates of others: which are trusted, which may serve as issuers, which were refused.
 *
 * <p>The folders are the truth. {@link org.uatwin.certs.trust.TrustStore#snapshot()} answers an immutable {@link
 * org.uatwin.certs.trust.TrustSnapshot} and looks at the folders again when its look is older than a second, so a certificate
 * copied in or deleted counts for the next connection without a restart, and no thread or file watcher is needed. Only files
 * whose stamp (size, time, file key) changed are parsed again.
 *
 * <p>A refused certificate is written into the rejected folder under a readable name. That folder is filled by strangers: it
 * holds at most {@link org.uatwin.certs.trust.TrustStore#MAX_REJECTED} files and takes a bounded number of new ones per second.
 *
 * <p>Threads: all methods may be called from any thread; looking at the folders is guarded by one lock, snapshots are read
 * without one. Whether a chain holds belongs to {@code validation}; what the command line shows belongs to {@code admin}.
 */
@NullMarked
package org.uatwin.certs.trust;

import org.jspecify.annotations.NullMarked;
