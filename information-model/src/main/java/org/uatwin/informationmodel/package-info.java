/** Placeholder of the module root; rooms follow. */
@NullMarked
package org.uatwin.informationmodel;

import org.jspecify.annotations.NullMarked;
