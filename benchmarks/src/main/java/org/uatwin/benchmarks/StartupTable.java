package org.uatwin.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process to clients being able to connect, against an empty Milo server. Not the first start. */
final class StartupTable {
    private static final List<String> FLAGS = List.of("-Xmx350m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4");

    private StartupTable() {}

    /** Wall and CPU seconds of one kind of server. */
    private static final class Times {
        final List<Double> wall = new ArrayList<>();
        final List<Double> cpu = new ArrayList<>();

        void add(ServerProcess server) {
            wall.add(server.secondsToReady());
            cpu.add(server.cpuSecondsToReady());
            server.close();
        }
    }

    static void run(Path directory) throws IOException {
        Path small = Plants.write(directory, 5_000, true);
        Path large = Plants.write(directory, 1_000_000, true);
        Times empty = new Times();
        Times few = new Times();
        Times many = new Times();
        Main.peer(directory, FLAGS, 0, 1).close(); // makes certificates, fills the disk cache
        product(directory, small, "small").close();
        product(directory, large, "large").close();
        for (int run = 0; run < Report.RUNS; run++) {
            empty.add(Main.peer(directory, FLAGS, 0, 1));
            few.add(product(directory, small, "small"));
            many.add(product(directory, large, "large"));
        }
        double wall = Report.row("empty Milo server", "s", empty.wall);
        double wallFew = Report.row("uatwin, 5 000 points", "s", few.wall);
        double wallMany = Report.row("uatwin, 1 000 000 points", "s", many.wall);
        double cpu = Report.row("empty Milo server, CPU", "s", empty.cpu);
        double cpuFew = Report.row("uatwin, 5 000 points, CPU", "s", few.cpu);
        double cpuMany = Report.row("uatwin, 1 000 000 points, CPU", "s", many.cpu);
        Report.verdict("5 000 points / empty Milo", wallFew / wall, "<= 1.5", wallFew <= 1.5 * wall);
        Report.verdict("1 000 000 points / empty Milo", wallMany / wall, "<= 6", wallMany <= 6 * wall);
        Report.line("the same in CPU time: %.2f and %.2f".formatted(cpuFew / cpu, cpuMany / cpu));
    }

    private static ServerProcess product(Path directory, Path plant, String name) throws IOException {
        return ServerProcess.start(
                FLAGS,
                "org.uatwin.server.cli.Main",
                "run",
                plant.toString(),
                "--data",
                directory.resolve("data-" + name).toString(),
                "--quiet");
    }
}
