@NullMarked
package org.uatwin.server.derived;

import org.jspecify.annotations.NullMarked;
