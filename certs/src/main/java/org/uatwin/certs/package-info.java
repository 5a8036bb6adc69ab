/** Placeholder of the module root; rooms follow. */
@NullMarked
package org.uatwin.certs;

import org.jspecify.annotations.NullMarked;
