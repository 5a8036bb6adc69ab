package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of {@code uatwin demo}.
 *
 * @param plant name or path of the plant; empty: the demo's own.
 * @param port of the OPC UA endpoint, 0..65535, 0 takes a free one; empty: the demo's own choice.
 * @param data data directory; made when it is missing.
 * @param host offers secured endpoints under this name beyond loopback; empty: loopback only.
 * @param quiet print the {@code ready} line and errors only.
 * @param out where the command prints.
 */
public record DemoOptions(
        Optional<String> plant, OptionalInt port, Path data, Optional<String> host, boolean quiet, PrintWriter out) {}
