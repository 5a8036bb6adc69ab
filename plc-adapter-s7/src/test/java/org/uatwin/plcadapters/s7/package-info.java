/** Tests of the S7 adapter: over virtual time with a CPU in memory, and against snap7's server. */
@NullMarked
package org.uatwin.plcadapters.s7;

import org.jspecify.annotations.NullMarked;
