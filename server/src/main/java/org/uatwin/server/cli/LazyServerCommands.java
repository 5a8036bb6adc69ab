package org.uatwin.server.cli;

import java.util.List;

/** Loads the wiring of the server when a command needs it, so that the others start without it. */
final class LazyServerCommands implements ServerCommands {
    private final String className;

    LazyServerCommands(String className) {
        this.className = className;
    }

    @Override
    public int demo(DemoOptions options) {
        return load().demo(options);
    }

    @Override
    public List<String> demos() {
        return load().demos();
    }

    @Override
    public int run(RunOptions options) {
        return load().run(options);
    }

    @Override
    public int fault(FaultOptions options) {
        return load().fault(options);
    }

    @Override
    public int virtual(VirtualOptions options) {
        return load().virtual(options);
    }

    @Override
    public int virtualFault(VirtualFaultOptions options) {
        return load().virtualFault(options);
    }

    @Override
    public int replay(ReplayOptions options) {
        return load().replay(options);
    }

    private ServerCommands load() {
        try {
            return Class.forName(className)
                    .asSubclass(ServerCommands.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            throw new CliException(
                    Exit.INTERNAL, "this build has no server in it (%s is missing)".formatted(className), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + className, e);
        }
    }
}
