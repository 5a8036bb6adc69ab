@NullMarked
package org.uatwin.server.virtual;

import org.jspecify.annotations.NullMarked;
