/** Tests of the live estimators. */
@NullMarked
package org.uatwin.server.synchronisation;

import org.jspecify.annotations.NullMarked;
