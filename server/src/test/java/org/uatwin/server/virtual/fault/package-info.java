@NullMarked
package org.uatwin.server.virtual.fault;

import org.jspecify.annotations.NullMarked;
