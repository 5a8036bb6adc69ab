package org.uatwin.server.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a new password from the terminal, twice and without echo, or from the first line of standard input. */
final class SecretPrompt {
    private SecretPrompt() {}

    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there always is one; without a terminal it reads null
    static char[] newPassword(String user, boolean isFromStdin, InputStream in) {
        if (isFromStdin) {
            try {
                String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
                if (line == null || line.isEmpty()) {
                    throw new CliException(Exit.USAGE, "standard input holds no password.");
                }
                return line.toCharArray();
            } catch (IOException e) {
                throw new CliException(Exit.USAGE, "standard input cannot be read.", e);
            }
        }
        Console console = System.console();
        if (console == null) {
            throw new CliException(
                    Exit.USAGE,
                    "there is no terminal to ask for the password. Fix: --password-stdin reads it from standard input.");
        }
        char[] first = read(console, "Password of %s: ", user);
        char[] second = read(console, "Again: ");
        boolean isEqual = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!isEqual) {
            throw new CliException(Exit.USAGE, "the two passwords differ; nothing was changed.");
        }
        return first;
    }

    private static char[] read(Console console, String format, Object... arguments) {
        char[] typed = console.readPassword(format, arguments);
        if (typed == null) {
            throw new CliException(Exit.USAGE, "no password was typed; nothing was changed.");
        }
        return typed;
    }
}
