package org.uatwin.server.cli.evaluate;

import org.uatwin.server.cli.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code uatwin evaluate}. */
@Command(
        name = "evaluate",
        description = "Try detectors and prognosis on recorded data, offline.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EvaluateRulCommand.class,
            EvaluateAnomalyCommand.class,
            EvaluateStreamCommand.class,
            EvaluateExpectedCommand.class,
            EvaluateConditionCommand.class,
            EvaluateBearingCommand.class,
            EvaluateHealthCommand.class
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
public final class EvaluateCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to evaluate: rul, anomaly, stream, expected, condition, bearing or health");
    }
}
