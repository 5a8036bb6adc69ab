/** Tests of logons against a whole server. */
@NullMarked
package org.uatwin.server.security;

import org.jspecify.annotations.NullMarked;
