package org.uatwin.informationmodel.plant;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What came of reading a plant file.
 *
 * @param plant present if there is no error among the findings.
 * @param findings everything there is to mend, by file, line and column.
 * @param isUnreadable whether the file could not be read at all: missing, not UTF-8, no YAML.
 * @param files the plant file, its tables and its secret files: when one of them changes, so may the plant.
 */
public record PlantReading(Optional<Plant> plant, List<Finding> findings, boolean isUnreadable, Set<Path> files) {
    public PlantReading {
        findings = List.copyOf(findings);
        files = Set.copyOf(files);
    }

    /** The same with another plant, if there is one. */
    public PlantReading with(UnaryOperator<Plant> change) {
        return new PlantReading(plant.map(change), findings, isUnreadable, files);
    }

    public boolean hasErrors() {
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    }

    /** 0 nothing to mend (warnings aside), 1 findings, 2 unreadable: exit code of {@code uatwin check}. */
    public int exitCode() {
        return isUnreadable ? 2 : hasErrors() ? 1 : 0;
    }
}
