package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line as a user would and keeps what it printed. */
final class Cli {
    /**
     * What one command came to.
     *
     * @param out standard output.
     * @param err standard error.
     */
    record Result(int code, String out, String err) {}

    /** Records what {@code demo} and {@code run} were asked for. */
    static final class Recorder implements ServerCommands {
        final List<Object> asked = new ArrayList<>();

        @Override
        public int demo(DemoOptions options) {
            asked.add(options);
            return 0;
        }

        @Override
        public List<String> demos() {
            return List.of("mixed");
        }

        @Override
        public int run(RunOptions options) {
            asked.add(options);
            return 0;
        }

        @Override
        public int virtual(VirtualOptions options) {
            asked.add(options);
            return 0;
        }

        @Override
        public int replay(ReplayOptions options) {
            asked.add(options);
            return 0;
        }

        @Override
        public int virtualFault(VirtualFaultOptions options) {
            asked.add(options);
            return 0;
        }

        @Override
        public int fault(FaultOptions options) {
            asked.add(options);
            return 0;
        }
    }

    private Cli() {}

    static Result run(String... arguments) {
        return run(new Recorder(), arguments);
    }

    static Result run(ServerCommands server, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Main.commandLine(server).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
