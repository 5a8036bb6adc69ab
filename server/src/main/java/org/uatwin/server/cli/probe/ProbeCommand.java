package org.uatwin.server.cli.probe;

import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.client.ProbeOpcUaCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code uatwin probe}. */
@Command(
        name = "probe",
        description =
                "Look at an unknown device, broker or server, without writing to it, and draft a plant file for it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ProbeModbusCommand.class, ProbeMqttCommand.class, ProbeOpcUaCommand.class})
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class ProbeCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to look at: modbus, mqtt or opcua");
    }
}
