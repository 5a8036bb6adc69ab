@NullMarked
package org.uatwin.server.vibration;

import org.jspecify.annotations.NullMarked;
