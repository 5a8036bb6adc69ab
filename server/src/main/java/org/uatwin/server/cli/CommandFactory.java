package org.uatwin.server.cli;

import picocli.CommandLine;

/** Makes commands: those with a constructor for {@link ServerCommands} get it, the others are made by picocli. */
final class CommandFactory implements CommandLine.IFactory {
    private final ServerCommands server;

    CommandFactory(ServerCommands server) {
        this.server = server;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == DemoCommand.class) {
            return type.cast(new DemoCommand(server));
        }
        if (type == FaultCommand.class) {
            return type.cast(new FaultCommand(server));
        }
        if (type == VirtualCommand.class) {
            return type.cast(new VirtualCommand(server));
        }
        if (type == ReplayCommand.class) {
            return type.cast(new ReplayCommand(server));
        }
        if (type == VirtualFaultCommand.class) {
            return type.cast(new VirtualFaultCommand(server));
        }
        if (type == RunCommand.class) {
            return type.cast(new RunCommand(server));
        }
        if (type == WarmUpCommand.class) {
            return type.cast(new WarmUpCommand(server));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
