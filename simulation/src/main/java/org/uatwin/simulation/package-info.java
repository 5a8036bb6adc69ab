/** Placeholder of the module root; rooms follow. */
@NullMarked
package org.uatwin.simulation;

import org.jspecify.annotations.NullMarked;
