package org.uatwin.server.cli.probe;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusTable;
import org.uatwin.plcadapters.modbus.ModbusReader;
import org.uatwin.plcadapters.probe.Progress;
import org.uatwin.plcadapters.probe.Survey;
import org.uatwin.plcadapters.probe.TableSurvey;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.NewFile;
import org.uatwin.server.cli.ProgressLine;
import org.uatwin.server.cli.client.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin probe modbus}. */
@Command(
        name = "modbus",
        description = {
            "Read a range of a Modbus device several times, show every reading of it side by side, and mark the",
            "plausible one with its reasons. Measures what the device takes in a request. Only reads."
        },
        footer = {
            "",
            "TARGET: modbus://HOST[:PORT][/UNIT], modbus-rtu-over-tcp://HOST:PORT[/UNIT] or",
            "        modbus-rtu:/dev/ttyUSB0?unit=1&baud=19200&parity=even&stop=1",
            "Ctrl-C stops and prints what was found so far.",
            "Examples: uatwin probe modbus modbus://10.0.0.5/1 --table input --count 60",
            "          uatwin probe modbus modbus://10.0.0.5 --units 1-247",
            "Exit codes: 0 something was read, 1 the device refused everything, 2 wrong usage, 3 no answer."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class ProbeModbusCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "TARGET", description = "The device.")
    private String target = "";

    @Option(
            names = "--table",
            split = ",",
            paramLabel = "T",
            description = "coil, discrete, input, holding; several with commas. Default: holding,input.")
    private List<String> tables = List.of("holding", "input");

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "First offset, zero-based. Default: ${DEFAULT-VALUE}.")
    private int offset;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100",
            description = "Registers or bits of each table. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--polls",
            paramLabel = "N",
            defaultValue = "6",
            description = "How often it is read; what moves shows its order. Default: ${DEFAULT-VALUE}.")
    private int polls;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Time from poll to poll. Default: ${DEFAULT-VALUE}.")
    private String every = "1s";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Wait for one answer. Default: ${DEFAULT-VALUE}.")
    private String timeout = "1s";

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            defaultValue = "20ms",
            description = "Silence between two requests, to spare the device. Default: ${DEFAULT-VALUE}.")
    private String pause = "20ms";

    @Option(
            names = "--units",
            paramLabel = "RANGE",
            description = "Ask which of these unit ids answer, for example 1-247 or 1,5,9.")
    private @Nullable String units;

    @Option(names = "--draft", paramLabel = "FILE", description = "Write a draft plant file for the device there.")
    private @Nullable Path draft;

    @Option(names = "--force", description = "Replace FILE if it is there.")
    private boolean force;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        ModbusTarget where = ModbusTarget.parse(target);
        List<ModbusTable> asked = tables.stream().map(ProbeModbusCommand::table).toList();
        checkRanges();
        Duration period = Durations.parse("--every", every);
        PrintWriter err = spec.commandLine().getErr();
        try (ModbusReader reader = new ModbusReader(
                        where.transport(),
                        Durations.parse("--timeout", timeout),
                        Durations.parse("--pause", pause),
                        System::nanoTime);
                Cancel cancel = new Cancel(reader::close)) {
            ShownProgress progress = new ShownProgress(err, cancel);
            Survey survey = new Survey(reader, progress);
            ProbeFindings findings = new ProbeFindings(where.transport(), target);
            if (units != null) {
                findings.units.addAll(survey.units(unitIds(units), asked.get(0), offset));
            }
            int unitId = where.unitId().orElseGet(findings::firstUnit);
            findings.unitId = unitId;
            for (ModbusTable table : asked) {
                findings.add(survey.table(unitId, table, offset, count));
            }
            findings.times(survey);
            long begun = System.nanoTime();
            for (int poll = 1; poll < polls && findings.hasAnything() && !cancel.isWanted(); poll++) {
                progress.at("poll", poll + 1, polls);
                cancelableWait(begun + poll * period.toNanos(), cancel);
                for (TableSurvey table : findings.tables) {
                    survey.again(unitId, table);
                }
            }
            progress.end();
            return report(findings, err);
        }
    }

    private int report(ProbeFindings findings, PrintWriter err) {
        findings.explain();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(findings.json()));
        } else {
            new ProbeText(findings, out).print();
        }
        if (draft != null && findings.hasAnything()) {
            NewFile.write(draft, findings.draft(), force);
            err.println("# draft written to %s; try: uatwin check %s".formatted(draft, draft));
        }
        out.flush();
        if (findings.hasAnything()) {
            return Exit.OK;
        }
        return findings.isThere() ? Exit.FAILED : Exit.NO_CONNECTION;
    }

    private void checkRanges() {
        if (offset < 0 || count < 1 || offset + (long) count > 65_536) {
            throw new CliException(
                    Exit.USAGE,
                    "offset %d and count %d leave 0..65535.\n  Fix: offset + count may be 65536 at most."
                            .formatted(offset, count));
        }
        if (polls < 1 || polls > 1000) {
            throw new CliException(Exit.USAGE, "--polls must be 1..1000, not %d.\n  Fix: 6 is usual.".formatted(polls));
        }
    }

    private static ModbusTable table(String word) {
        return switch (word.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "coil", "coils" -> ModbusTable.COIL;
            case "discrete" -> ModbusTable.DISCRETE_INPUT;
            case "input" -> ModbusTable.INPUT_REGISTER;
            case "holding" -> ModbusTable.HOLDING_REGISTER;
            default ->
                throw new CliException(
                        Exit.USAGE,
                        "\"%s\" is no Modbus table.\n  Fix: coil, discrete, input or holding.".formatted(word));
        };
    }

    /** {@code 1-10,20} as numbers. */
    static List<Integer> unitIds(String ranges) {
        List<Integer> ids = new ArrayList<>();
        for (String range : ranges.split(",")) {
            String[] ends = range.strip().split("-", 2);
            try {
                int first = Integer.parseInt(ends[0].strip());
                int last = ends.length == 1 ? first : Integer.parseInt(ends[1].strip());
                if (first < 0 || last > 255 || first > last) {
                    throw new NumberFormatException(range);
                }
                IntStream.rangeClosed(first, last).forEach(ids::add);
            } catch (NumberFormatException e) {
                throw new CliException(
                        Exit.USAGE,
                        "\"%s\" are no unit ids 0..255.\n  Fix: write for example 1-247 or 1,5,9.".formatted(ranges),
                        e);
            }
        }
        return ids;
    }

    private static void cancelableWait(long untilNs, Cancel cancel) {
        for (long left = untilNs - System.nanoTime();
                left > 0 && !cancel.isWanted();
                left = untilNs - System.nanoTime()) {
            java.util.concurrent.locks.LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }

    /** How far the probe is, on one line. */
    private static final class ShownProgress implements Progress {
        private final ProgressLine line;
        private final Cancel cancel;

        ShownProgress(PrintWriter err, Cancel cancel) {
            line = new ProgressLine(err);
            this.cancel = cancel;
        }

        @Override
        public void at(String what, int done, int total) {
            line.show("%s (%d of %d)"
                    .formatted(what.toLowerCase(java.util.Locale.ROOT).replace('_', ' '), done, total));
        }

        void end() {
            line.end();
        }

        @Override
        public boolean isCancelled() {
            return cancel.isWanted();
        }
    }
}
