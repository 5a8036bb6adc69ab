package org.uatwin.server.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code demo} and {@code run} have in common. */
final class ServerOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "TCP port of the OPC UA endpoint, 0..65535; 0 takes a free one..")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description =
                    "Offer the secured endpoints beyond this machine, under this host name; certificate and endpoint"
                            + " URL follow it.")
    private @Nullable String host;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the line \"ready opc.tcp://...\" and errors, nothing else.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    OptionalInt port() {
        if (port == null) {
            return OptionalInt.empty();
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0..65535: " + port);
        }
        return OptionalInt.of(port);
    }

    Optional<String> host() {
        if (host != null && !host.matches("[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?")) {
            throw new ParameterException(spec.commandLine(), "--host must be a host name or address: \"" + host + "\"");
        }
        return Optional.ofNullable(host);
    }

    boolean isQuiet() {
        return quiet;
    }
}
