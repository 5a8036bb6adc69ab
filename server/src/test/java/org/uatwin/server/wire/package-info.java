/** Tests of the door before Milo on embedded channels, over virtual time. */
@NullMarked
package org.uatwin.server.wire;

import org.jspecify.annotations.NullMarked;
