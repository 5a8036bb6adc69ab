package org.uatwin.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin virtual fault}. */
@Command(
        name = "fault",
        description = "Set a fault of running virtual devices, end one, or list those at work (without arguments).",
        footer = {
            "",
            "Examples: uatwin virtual fault pump-01/Flow drift rate=3600 limit=5",
            "          uatwin virtual fault pump-station/pump-plc exception code=6 for=30s",
            "          uatwin virtual fault pump-01/Flow clear",
            "          uatwin virtual fault all clear",
            "Kinds and their parameters: docs/reference/virtual-devices.md",
            "Exit codes: 0 set, 1 refused or nothing is running, 2 wrong usage."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class VirtualFaultCommand implements Callable<Integer> {
    private final ServerCommands server;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0..*",
            paramLabel = "WORD",
            description = {
                "TARGET KIND [NAME=VALUE]... [for=DURATION]: the target is TWIN/POINT, TWIN, CONNECTION/DEVICE or"
                        + " CONNECTION, as the kind needs it; kind \"clear\" ends its faults."
            })
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the virtual devices. Default: ~/.uatwin/virtual.")
    private @Nullable Path data;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VirtualFaultCommand(ServerCommands server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        return server.virtualFault(new VirtualFaultOptions(
                words,
                data == null ? VirtualCommand.defaultDirectory() : data,
                spec.commandLine().getOut()));
    }
}
