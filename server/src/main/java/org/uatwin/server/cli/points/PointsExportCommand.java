package org.uatwin.server.cli.points;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.PointRow;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.NewFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin points export}. */
@Command(
        name = "export",
        description = "Write every bound point of a plant file into a CSV table.",
        footer = {
            "",
            "Columns: twin, type, point, device, poll, address, scale, offset, value, and for people dataType,",
            "unit, euLow, euHigh. Addresses count from 0 and name their byte order.",
            "Exit codes: 0 written, 1 the plant file has errors, 2 unreadable or not writable."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class PointsExportCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLANT", description = "The plant file (YAML).")
    private Path plant = Path.of("");

    @Parameters(index = "1", paramLabel = "CSV", description = "The table to write.")
    private Path csv = Path.of("");

    @Option(names = "--force", description = "Replace CSV if it is there.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        PrintWriter err = spec.commandLine().getErr();
        PlantReading reading = PointsFiles.read(plant);
        if (reading.plant().isEmpty()) {
            return PointsFiles.refuse(reading, err);
        }
        Plant read = reading.plant().get();
        List<PointRow> rows = PointRow.of(read);
        NewFile.write(csv, PointsCsv.write(read, rows), force);
        long bound = read.twins().stream()
                .flatMap(
                        t -> java.util.stream.IntStream.range(0, t.pointCount()).mapToObj(t::binding))
                .filter(b -> b != null)
                .count();
        spec.commandLine()
                .getOut()
                .println("%s: points: %d, twins: %d%s"
                        .formatted(
                                csv,
                                rows.size(),
                                rows.stream().map(PointRow::twin).distinct().count(),
                                bound == rows.size()
                                        ? ""
                                        : "; %d left out: of another protocol, or a constant array"
                                                .formatted(bound - rows.size())));
        return 0;
    }
}
