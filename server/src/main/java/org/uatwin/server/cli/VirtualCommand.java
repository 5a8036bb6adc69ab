package org.uatwin.server.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.plcadapters.mqtt.VirtualMqttDevices;
import org.uatwin.server.virtual.fault.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin virtual}. */
@Command(
        name = "virtual",
        description = {
            "Serve the devices of a plant file on this machine, for uatwin or anyone's gateway to talk to.",
            "Every connection gets a port of loopback: Modbus with the registers the file binds, in its types, orders"
                    + " and scales, MQTT with its topics in their payloads. Values move, setpoints hold, and faults can"
                    + " be set."
        },
        subcommands = VirtualFaultCommand.class,
        footer = {
            "",
            "Example: uatwin virtual plant.yaml             and in a second terminal",
            "         uatwin run plant.yaml --virtual ~/.uatwin/virtual",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM or --for, 1 could not start, 2 wrong usage, 70 a defect."
        })
final class VirtualCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "PLANT", description = "The plant file (YAML).")
    private @Nullable Path plant;

    @Option(
            names = "--listen",
            paramLabel = "CONNECTION=PORT",
            description = "Port of a connection, repeatable. Default: free ones, which are printed.")
    private Map<String, Integer> listen = new LinkedHashMap<>();

    @Option(
            names = "--broker",
            paramLabel = "CONNECTION=URL",
            description = {
                "Broker the devices of an MQTT connection publish to, repeatable. Default: the plant file's if it is on"
                        + " this machine and listens, else one that is started here; never one of another machine."
            })
    private Map<String, String> brokers = new LinkedHashMap<>();

    @Option(names = "--panel-port", paramLabel = "PORT", description = "Port of the fault panel. Default: a free one.")
    private int panelPort;

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "Schedule of faults (YAML): a list of at, for, target, kind and parameters.")
    private @Nullable Path faults;

    @Option(
            names = "--physics",
            paramLabel = "FILE",
            description = "How values move (YAML): equations by twin and point. Default: by themselves.")
    private @Nullable Path physics;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Same seed, same values and faults. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1",
            description = "Simulated seconds in a second, or \"max\". Default: ${DEFAULT-VALUE}.")
    private String speed = "1";

    @Option(
            names = "--step",
            paramLabel = "DURATION",
            defaultValue = "100 ms",
            description = "Simulated time between two values of a point. Default: ${DEFAULT-VALUE}.")
    private String step = "100 ms";

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after this much simulated time. Default: run until Ctrl-C.")
    private @Nullable String length;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "Ground truth of the faults, CSV or .jsonl; written anew. Default: ground-truth.csv in --data.")
    private @Nullable Path truth;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory for ports and ground truth, made when it is missing. Default: ~/.uatwin/virtual.")
    private @Nullable Path data;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the line \"ready virtual ...\" and errors, nothing else.")
    private boolean quiet;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VirtualCommand(ServerCommands server) {
        this.server = server;
    }

    static Path defaultDirectory() {
        return Path.of(System.getProperty("user.home", "."), ".uatwin", "virtual");
    }

    @Override
    public Integer call() {
        if (plant == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PLANT'");
        }
        listen.forEach((connection, port) -> {
            if (port < 0 || port > 65_535) {
                throw new ParameterException(
                        spec.commandLine(), "--listen %s: the port must be 0..65535: %d".formatted(connection, port));
            }
        });
        Path directory = data == null ? defaultDirectory() : data;
        VirtualOptions options = new VirtualOptions(
                plant,
                directory,
                listen,
                brokers(),
                panelPort,
                Optional.ofNullable(faults),
                Optional.ofNullable(physics),
                seed,
                Speed.parse(spec, speed),
                duration("--step", step),
                length == null ? Optional.empty() : Optional.of(duration("--for", length)),
                truth == null ? directory.resolve("ground-truth.csv") : truth,
                quiet,
                spec.commandLine().getOut());
        Logging.forTool(common.isDebug());
        return server.virtual(options);
    }

    private Map<String, URI> brokers() {
        Map<String, URI> urls = new LinkedHashMap<>();
        brokers.forEach((connection, text) -> urls.put(
                connection,
                VirtualMqttDevices.brokerOf(text)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "--broker %s: \"%s\" is no broker; write for example mqtt://127.0.0.1:1883"
                                        .formatted(connection, text)))));
        return urls;
    }

    private Duration duration(String option, String text) {
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty() || duration.get().isZero()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s must be a number above 0 with ms, s, min, h or d: \"%s\"".formatted(option, text));
        }
        return duration.get();
    }
}
