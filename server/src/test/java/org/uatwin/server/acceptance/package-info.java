/**
 * Acceptance by programs we did not write, against the demo started by the launcher as a user starts it: the
 * conformance checks of {@code ../shared}, node-opcua, broken plant files. Everything here carries
 * {@code @Tag("acceptance")}; what needs {@code ../shared} also {@code @Tag("shared")}.
 *
 * <p>{@link org.uatwin.server.acceptance.DemoProcess} owns the process, {@link org.uatwin.server.acceptance.NodeProgram}
 * a copy of a Node.js program with its packages; both live in a temporary directory. Contracts are tested in
 * {@code server.contracts}, without other programs.
 */
@NullMarked
package org.uatwin.server.acceptance;

import org.jspecify.annotations.NullMarked;
