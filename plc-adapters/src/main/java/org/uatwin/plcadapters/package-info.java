/** Placeholder of the module root; rooms follow. */
@NullMarked
package org.uatwin.plcadapters;

import org.jspecify.annotations.NullMarked;
