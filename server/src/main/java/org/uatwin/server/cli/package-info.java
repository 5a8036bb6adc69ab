/**
 * The command line: one picocli class per command, {@link org.uatwin.server.cli.Main} as the door.
 *
 * <p>A command parses its options, calls one part of the product and prints what came back: aligned for people, or
 * {@code --json} for scripts. {@code demo} and {@code run} are behind {@link org.uatwin.server.cli.ServerCommands}, so
 * that this package does not know how a server is put together. What a user did wrong is a
 * {@link org.uatwin.server.cli.CliException} (or the domain's own exception) and ends in one message without a stack
 * trace; the exit codes are in {@link org.uatwin.server.cli.Exit}. Everything runs on the main thread.
 *
 * <p>The OPC UA client lives in {@code cli.client}; starting and wiring a server elsewhere.
 */
@NullMarked
package org.uatwin.server.cli;

import org.jspecify.annotations.NullMarked;
