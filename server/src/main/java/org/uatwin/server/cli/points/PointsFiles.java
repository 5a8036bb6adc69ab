package org.uatwin.server.cli.points;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.NewFile;
import org.uatwin.server.cli.Table;
import org.uatwin.server.method.SimulationModels;

/** Plant files and tables on disk. */
final class PointsFiles {
    private PointsFiles() {}

    static PlantReading read(Path plant) {
        return PlantFile.read(plant, SimulationModels.builtIn(), Protocols.onClassPath());
    }

    static int refuse(PlantReading reading, PrintWriter err) {
        reading.findings().forEach(finding -> err.println(Table.printable(finding.toString())));
        return reading.exitCode();
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CliException(
                    Exit.USAGE,
                    "%s cannot be read (%s).\n  Fix: check path and rights; it must be UTF-8."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** Puts a text in the place of a file; the former one stays beside it as {@code .bak}. */
    static void replace(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.copy(
                    target, target.resolveSibling(target.getFileName() + ".bak"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw NewFile.notWritten(file, e);
        }
    }

    /** Reads a text as if it stood in the place of a file, so that what it names beside itself is found. */
    static PlantReading readAs(Path file, String text) {
        Path trial = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".trial.yaml");
        try {
            Files.writeString(trial, text, StandardCharsets.UTF_8);
            try {
                return read(trial);
            } finally {
                Files.deleteIfExists(trial);
            }
        } catch (IOException e) {
            throw NewFile.notWritten(trial, e);
        }
    }
}
