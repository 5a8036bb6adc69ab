package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of {@code uatwin run}.
 *
 * @param plant the plant file.
 * @param port overrides that of the plant file, 0..65535; 0 takes a free one.
 * @param data data directory; made when it is missing.
 * @param host overrides that of the plant file: the name in endpoint URL and certificate.
 * @param watch reload when the plant file, a table or a secret file it names changes.
 * @param quiet print the {@code ready} line and errors only.
 * @param virtual data directory of running virtual devices to talk to instead of the file's addresses.
 * @param recording where the raw traffic is recorded, if at all.
 * @param out where the command prints.
 */
public record RunOptions(
        Path plant,
        OptionalInt port,
        Path data,
        Optional<String> host,
        boolean watch,
        boolean quiet,
        Optional<Path> virtual,
        Optional<RecordOptions.Recording> recording,
        PrintWriter out) {}
