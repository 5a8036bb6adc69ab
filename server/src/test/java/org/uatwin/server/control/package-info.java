@NullMarked
package org.uatwin.server.control;

import org.jspecify.annotations.NullMarked;
