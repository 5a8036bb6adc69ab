/** Tests of the event core. */
@NullMarked
package org.uatwin.server.event;

import org.jspecify.annotations.NullMarked;
