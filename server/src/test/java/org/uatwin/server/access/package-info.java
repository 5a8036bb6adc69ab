/** Tests of the access policy. */
@NullMarked
package org.uatwin.server.access;

import org.jspecify.annotations.NullMarked;
