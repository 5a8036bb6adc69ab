package org.uatwin.server.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.TrafficRecord;
import org.uatwin.plcadapters.recording.RecordingException;
import org.uatwin.plcadapters.recording.RecordingReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin recording}. */
@Command(
        name = "recording",
        description = "Look into recorded traffic.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RecordingCommand.Info.class, RecordingCommand.Export.class},
        footer = {"", "Exit codes: 0 done, 1 the recording is damaged, 2 wrong usage or no recording."})
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class RecordingCommand implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static RecordingReader open(Path folder) {
        try {
            return RecordingReader.open(folder);
        } catch (RecordingException e) {
            throw new CliException(Exit.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static int report(RecordingReader reader, PrintWriter err) {
        reader.problems().forEach(problem -> err.println("uatwin: " + problem));
        return reader.problems().isEmpty() ? Exit.OK : Exit.FAILED;
    }

    /** {@code uatwin recording info}. */
    @Command(name = "info", description = "What a recording holds: site, time, pieces and losses of each connection.")
    static final class Info implements Callable<Integer> {
        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the recording.")
        private Path folder = Path.of("");

        @Option(names = "--json", description = "Print as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private static final class Count {
            String protocol = "";
            long sent;
            long received;
            long failed;
            long lost;
            long bytes;
        }

        @Override
        public Integer call() {
            Logging.forTool(common.isDebug());
            PrintWriter out = spec.commandLine().getOut();
            try (RecordingReader reader = open(folder)) {
                Map<String, Count> counts = new TreeMap<>();
                long first = 0;
                long last = 0;
                for (RecordingReader.Item item = reader.next(); item != null; item = reader.next()) {
                    first = first == 0 ? item.piece().ticks() : first;
                    last = item.piece().ticks();
                    count(counts.computeIfAbsent(item.connection(), name -> new Count()), item);
                }
                print(out, reader, counts, first, last);
                return report(reader, spec.commandLine().getErr());
            }
        }

        private static void count(Count count, RecordingReader.Item item) {
            TrafficRecord piece = item.piece();
            count.protocol = item.protocol();
            count.bytes += piece.data().length;
            switch (piece.kind()) {
                case SENT -> count.sent++;
                case RECEIVED -> count.received++;
                case FAILED -> count.failed++;
                case GAP -> count.lost += piece.channel();
                case STATE -> {
                    // neither here nor there
                }
            }
        }

        private void print(PrintWriter out, RecordingReader reader, Map<String, Count> counts, long first, long last) {
            String from = first == 0 ? "" : UaTime.toInstant(first).toString();
            String until = last == 0 ? "" : UaTime.toInstant(last).toString();
            if (json) {
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                document.put("siteId", reader.siteId());
                document.put("sessions", reader.sessions());
                document.put("from", from);
                document.put("until", until);
                Map<String, @Nullable Object> connections = new LinkedHashMap<>();
                counts.forEach((name, c) -> {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    row.put("protocol", c.protocol);
                    row.put("sent", c.sent);
                    row.put("received", c.received);
                    row.put("unanswered", c.failed);
                    row.put("lost", c.lost);
                    row.put("bytes", c.bytes);
                    connections.put(name, row);
                });
                document.put("connections", connections);
                document.put("problems", reader.problems());
                out.println(Json.pretty(document));
                return;
            }
            out.printf("site %s, %d sessions, %s .. %s%n%n", reader.siteId(), reader.sessions(), from, until);
            Table table = Table.of("CONNECTION", "PROTOCOL", "SENT", "RECEIVED", "UNANSWERED", "LOST", "BYTES");
            counts.forEach((name, c) -> table.row(name, c.protocol, c.sent, c.received, c.failed, c.lost, c.bytes));
            table.print(out);
        }
    }

    /** {@code uatwin recording export}. */
    @Command(
            name = "export",
            description = {
                "Print a recording as JSON lines: time, connection, kind, channel (Modbus: unit id), text, bytes in hex."
            })
    static final class Export implements Callable<Integer> {
        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the recording.")
        private Path folder = Path.of("");

        @Option(names = "--to", paramLabel = "FILE", description = "Write to this file. Default: print.")
        private @Nullable Path to;

        @Option(names = "--connection", paramLabel = "NAME", description = "This connection only. Default: all.")
        private @Nullable String connection;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            Logging.forTool(common.isDebug());
            try (RecordingReader reader = open(folder)) {
                Path file = to;
                if (file == null) {
                    PrintWriter out = spec.commandLine().getOut();
                    export(reader, out);
                    out.flush();
                } else {
                    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                        export(reader, out);
                    } catch (IOException e) {
                        throw new CliException(
                                Exit.FAILED, "%s cannot be written: %s".formatted(file, e.getMessage()), e);
                    }
                }
                return report(reader, spec.commandLine().getErr());
            }
        }

        private void export(RecordingReader reader, Writer out) throws IOException {
            for (RecordingReader.Item item = reader.next(); item != null; item = reader.next()) {
                if (connection != null && !connection.equals(item.connection())) {
                    continue;
                }
                TrafficRecord piece = item.piece();
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("time", UaTime.toInstant(piece.ticks()).toString());
                row.put("ns", piece.ns());
                row.put("connection", item.connection());
                row.put("protocol", item.protocol());
                row.put("kind", piece.kind().name().toLowerCase(java.util.Locale.ROOT));
                row.put("channel", piece.channel());
                row.put("text", piece.text());
                row.put("hex", piece.hex());
                out.write(Json.line(row) + "\n");
            }
        }
    }
}
