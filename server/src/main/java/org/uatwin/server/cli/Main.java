package org.uatwin.server.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.uatwin.certs.PkiException;
import org.uatwin.certs.user.UserFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code uatwin} program: builds the command line, runs it, turns exceptions into messages and exit codes. */
public final class Main {
    private static final String SERVER_WIRING = "org.uatwin.server.launch.Commands";

    private Main() {}

    public static void main(String[] args) {
        // Numbers and messages look the same on every machine; the time zone stays the local one.
        Locale.setDefault(Locale.ROOT);
        CommandLine line = commandLine(serverCommands(), args.length == 0 ? "" : args[0])
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err));
        int code = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        // Threads of the client library may still linger; a command that returned is over.
        System.exit(code);
    }

    /** The whole command line. */
    public static CommandLine commandLine(ServerCommands server) {
        return commandLine(server, "");
    }

    /** The command line as far as a command needs it; the whole one if there is no command of that name. */
    static CommandLine commandLine(ServerCommands server, String name) {
        CommandFactory factory = new CommandFactory(server);
        CommandLine line = new CommandLine(new UatwinCommand(), factory);
        UatwinCommand.addTo(line, factory, name);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler(Main::wrongUsage);
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
        return line;
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("uatwin: " + Table.printable(String.valueOf(e.getMessage())));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Usage: " + command.getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
        }
        err.println("More: %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return Exit.USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        boolean isDebug = UatwinCommand.isDebug(command);
        if (e instanceof CliException known) {
            err.println("uatwin: " + known.printable());
            trace(e, err, isDebug);
            return known.exitCode();
        }
        if (e instanceof UserFileException broken) {
            broken.problems().forEach(problem -> err.println(Table.printable(problem)));
            trace(e, err, isDebug);
            return Exit.USAGE;
        }
        if (e instanceof PkiException known) {
            err.println("uatwin: " + Table.printable(String.valueOf(known.getMessage())));
            trace(e, err, isDebug);
            return Exit.FAILED;
        }
        err.println("uatwin: unexpected %s: %s"
                .formatted(e.getClass().getSimpleName(), Table.printable(String.valueOf(e.getMessage()))));
        if (isDebug) {
            e.printStackTrace(err);
        } else {
            Path report = report(e);
            err.println(
                    report == null
                            ? "This is a defect of uatwin. Repeat the command with --debug to see where it happened."
                            : "This is a defect of uatwin; details: " + report);
        }
        return Exit.INTERNAL;
    }

    private static void trace(Exception e, PrintWriter err, boolean isDebug) {
        if (isDebug) {
            e.printStackTrace(err);
        }
    }

    private static @Nullable Path report(Exception e) {
        try {
            Path file = Files.createTempFile("uatwin-", ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                e.printStackTrace(writer);
            }
            return file;
        } catch (IOException notWritten) {
            return null; // the message then says how to see it on the console
        }
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream stream = new BufferedOutputStream(new FileOutputStream(descriptor), 8192);
        // println flushes: whoever reads the pipe sees a line when it is complete.
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /**
     * The part that puts a server together. By name, because it needs the whole server while this package must stay
     * usable without it; a missing one is a broken build and says so.
     */
    private static ServerCommands serverCommands() {
        return new LazyServerCommands(SERVER_WIRING);
    }
}
