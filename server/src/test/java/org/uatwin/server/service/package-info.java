/** Tests of the services, on a loopback server with a small managed namespace. */
@NullMarked
package org.uatwin.server.service;

import org.jspecify.annotations.NullMarked;
