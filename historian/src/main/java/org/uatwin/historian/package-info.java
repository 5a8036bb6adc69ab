/** Placeholder of the module root; rooms follow. */
@NullMarked
package org.uatwin.historian;

import org.jspecify.annotations.NullMarked;
