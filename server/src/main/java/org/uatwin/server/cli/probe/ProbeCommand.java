package org.uatwin.server.cli.probe;

import org.uatwin.server.cli.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code uatwin probe}. */
@Command(
        name = "probe",
        description = "Look at an unknown device or broker, without writing to it, and draft a plant file for it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ProbeModbusCommand.class, ProbeMqttCommand.class})
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class ProbeCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to look at: modbus or mqtt");
    }
}
