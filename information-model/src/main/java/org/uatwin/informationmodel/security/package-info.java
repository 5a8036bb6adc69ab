/**
 * What links need of keys and trust, without knowing who keeps them: a port that the server implements with its data directory's
 * {@code pki/}.
 */
@NullMarked
package org.uatwin.informationmodel.security;

import org.jspecify.annotations.NullMarked;
