package org.uatwin.server.cli;

import java.util.concurrent.Callable;
import org.uatwin.informationmodel.plant.PlantSchema;
import org.uatwin.plcadapters.adapter.Protocols;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code uatwin schema}: what an editor completes and checks plant files by. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of plant files, with the keys of every adapter that is installed.",
        footer = {
            "",
            "Example: uatwin schema > plant-file.schema.json",
            "An editor with the YAML language server takes it by this first line of a plant file:",
            "  # yaml-language-server: $schema=plant-file.schema.json"
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class SchemaCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println(PlantSchema.json(Protocols.onClassPath()).toPrettyString());
        return Exit.OK;
    }
}
