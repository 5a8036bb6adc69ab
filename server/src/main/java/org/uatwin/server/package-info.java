/** Placeholder of the module root; rooms follow. */
@NullMarked
package org.uatwin.server;

import org.jspecify.annotations.NullMarked;
