package org.uatwin.server.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin demo fault}. */
@Command(
        name = "fault",
        description = {"Make something go wrong in the running demo, or right again."},
        footer = {
            "",
            "Faults of both machines: wear (slow loss of performance), jam (blocked), bearing-wear,",
            "        lubrication-lost, sensor-stuck (a reading freezes), cable (the device stops answering),",
            "        clear (all is well again).",
            "Of the pump alone: impeller-wear, pipe-blocked (behind it).",
            "Of the conveyor alone: rollers-worn, cooling-fouled (of its motor), belt-wear (it stretches).",
            "Plants of demo --list know wear, jam, sensor-stuck, cable and clear.",
            "Example: uatwin demo fault pump-01 wear --severity 0.6",
            "Exit codes: 0 set, 1 refused, 2 wrong usage, 3 no demo is running."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class FaultCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "TWIN", description = "Id of the twin, for example pump-01.")
    private String twin = "";

    @Parameters(index = "1", paramLabel = "FAULT", description = "One of ${COMPLETION-CANDIDATES}.")
    private FaultOptions.Kind kind = FaultOptions.Kind.CLEAR;

    @Option(
            names = "--severity",
            paramLabel = "S",
            defaultValue = "1",
            description = "How bad, 0..1. Default: ${DEFAULT-VALUE}.")
    private double severity;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the demo. Default: that of the one that runs.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    FaultCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        if (!(severity >= 0 && severity <= 1)) {
            throw new ParameterException(spec.commandLine(), "--severity must be 0..1: " + severity);
        }
        return server.fault(new FaultOptions(
                twin,
                kind,
                severity,
                data == null ? DataOption.runningDemo() : data,
                json,
                spec.commandLine().getOut()));
    }
}
