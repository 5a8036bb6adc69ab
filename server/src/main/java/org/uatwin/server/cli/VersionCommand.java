package org.uatwin.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uatwin version}: what a problem report should begin with. */
@Command(name = "version", description = "Show the version of uatwin, of the OPC UA stack and of Java.")
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class VersionCommand implements Callable<Integer>, CommandLine.IVersionProvider {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("uatwin", ofPackage(Main.class));
        facts.put("milo", ofPackage(OpcUaServer.class));
        facts.put("java", "%s (%s)".formatted(System.getProperty("java.version"), System.getProperty("java.vendor")));
        facts.put(
                "system",
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(facts));
        } else {
            Table table = new Table();
            facts.forEach(table::row);
            table.print(out);
        }
        return Exit.OK;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"uatwin " + ofPackage(Main.class)};
    }

    private static String ofPackage(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
