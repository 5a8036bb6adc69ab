package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of {@code uatwin replay}.
 *
 * @param plant the plant file.
 * @param recording folder of the recording.
 * @param speed seconds of the recording in one of the wall clock; infinite: as fast as possible.
 * @param to file for the samples; then no server is started.
 * @param port of the OPC UA endpoint; empty: that of the plant file; 0 takes a free one.
 * @param data data directory of the replaying server.
 * @param host offers secured endpoints under this name beyond loopback.
 * @param quiet print the {@code ready} line and errors only.
 * @param out where the command prints.
 */
public record ReplayOptions(
        Path plant,
        Path recording,
        double speed,
        Optional<Path> to,
        OptionalInt port,
        Path data,
        Optional<String> host,
        boolean quiet,
        PrintWriter out) {}
