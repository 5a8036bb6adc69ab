package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Options of {@code uatwin virtual fault}.
 *
 * @param words target, kind and parameters as they were given; empty: list the faults at work.
 * @param data data directory of the running virtual devices, which says where they listen.
 * @param out where the command prints.
 */
public record VirtualFaultOptions(List<String> words, Path data, PrintWriter out) {
    public VirtualFaultOptions {
        words = List.copyOf(words);
    }
}
