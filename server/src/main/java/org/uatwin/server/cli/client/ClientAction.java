package org.uatwin.server.cli.client;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Logging;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands of {@code uatwin client} share: connect, work, say good-bye. */
abstract class ClientAction implements Callable<Integer> {
    @Mixin
    final CommonOptions common = new CommonOptions();

    @Mixin
    final ClientOptions options = new ClientOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ARG", arity = "0..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    /** An open session with what the commands need of it. */
    record Session(Connection connection, Nodes nodes, Values values, PrintWriter out, boolean isJson) {}

    /** What is to be done once connected. Returns an exit code. */
    abstract int run(Session session, List<String> arguments);

    /** Fails with usage when the arguments cannot be right, before anything is connected. */
    abstract void check(List<String> arguments);

    @Override
    public final Integer call() {
        Logging.forTool(common.isDebug());
        List<String> given = new ArrayList<>(arguments);
        Optional<String> endpoint = given.stream().findFirst().filter(a -> a.startsWith("opc.tcp://"));
        if (endpoint.isPresent()) {
            given.remove(0);
        }
        check(given);
        PrintWriter err = spec.commandLine().getErr();
        try (Connection connection = Connection.open(options, endpoint, line -> err.println("# " + line))) {
            return run(
                    new Session(
                            connection,
                            new Nodes(connection.client()),
                            new Values(connection.client(), ZoneId.systemDefault()),
                            spec.commandLine().getOut(),
                            options.isJson()),
                    given);
        }
    }

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    final void needs(List<String> arguments, int least, int most, String what) {
        if (arguments.size() < least) {
            throw usage("missing " + what);
        }
        if (arguments.size() > most) {
            throw usage("too many arguments after %s: \"%s\"".formatted(what, arguments.get(most)));
        }
    }
}
