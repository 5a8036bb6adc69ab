package org.uatwin.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.uatwin.benchmarks.peer.BareMilo;

/** {@code Main TABLE}: measures one table and prints it. */
public final class Main {
    /** One table, given a directory for its files. */
    @FunctionalInterface
    private interface Table {
        void run(Path directory) throws Exception;
    }

    private static final Map<String, Table> TABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("memory", MemoryTable::run),
            Map.entry("startup", StartupTable::run),
            Map.entry("read", ReadTable::run),
            Map.entry("changes", ChangesTable::run),
            Map.entry("whatif", WhatIfTable::run),
            Map.entry("modbus", ModbusTable::run),
            Map.entry("events", EventsTable::run),
            Map.entry("mqtt", MqttTable::run),
            Map.entry("latency", LatencyTable::run),
            Map.entry("publish", PublishTable::run),
            Map.entry("writes", WritesTable::run),
            Map.entry("reload", ReloadTable::run),
            Map.entry("simulation", SimulationTable::run),
            Map.entry("historian", HistorianTable::run),
            Map.entry("estimators", EstimatorsTable::run),
            Map.entry("maintenance", MaintenanceTable::run),
            Map.entry("devices", DevicesTable::run)));

    private Main() {}

    public static void main(String[] args) throws Exception {
        boolean hasLength = args.length == 2 && args[0].equals("mqtt") && args[1].matches("[1-9]\\d{0,5}");
        Table table = args.length == 1 || hasLength ? TABLES.get(args[0]) : null;
        if (table == null) {
            System.err.println(
                    "usage: benchmarks/run " + String.join("|", TABLES.keySet()) + "; mqtt takes SECONDS too");
            System.exit(2);
            return;
        }
        if (hasLength) {
            System.setProperty(MqttTable.LENGTH, args[1]);
        }
        Path directory = Files.createTempDirectory("uatwin-benchmark");
        try {
            Report.line("%s, Java %s, %d processors"
                    .formatted(
                            args[0],
                            System.getProperty("java.version"),
                            Runtime.getRuntime().availableProcessors()));
            Report.calibrate("before");
            table.run(directory);
            Report.calibrate("after");
        } finally {
            delete(directory);
        }
        System.exit(0);
    }

    /** Starts the product for a plant. */
    static ServerProcess product(Path directory, List<String> flags, Path plant, int changesPerSecond)
            throws IOException {
        return ServerProcess.start(
                flags,
                FedServer.class.getName(),
                plant.toString(),
                directory.resolve("data").toString(),
                "" + changesPerSecond);
    }

    /** Starts the peer with that many variables. */
    static ServerProcess peer(Path directory, List<String> flags, int nodes, int changesPerSecond) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return ServerProcess.start(
                flags,
                BareMilo.class.getName(),
                directory.resolve("peer").toString(),
                "" + port,
                "" + nodes,
                "" + changesPerSecond);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
