package org.uatwin.server.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.informationmodel.plant.ModelTable;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.plcadapters.adapter.Protocols;

/** Tables of models in a plant file: a turbine's own power curve instead of the nameplate's. */
class ModelTablesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private PlantReading read(String curve, String tables) throws IOException {
        Files.writeString(folder.resolve("curve.csv"), curve);
        Path plant = folder.resolve("plant.yaml");
        Files.writeString(
                plant,
                """
                uatwin: 1
                siteId: wind
                twins:
                  - ids: wt-{1..2}
                    type: WindTurbine
                    modelTables: %s
                    points: {WindSpeed: {value: 8}}
                """
                        .formatted(tables));
        return PlantFile.read(plant, SimulationModels.builtIn(), Protocols.onClassPath());
    }

    /** Two turbines of one curve share its table, and the file counts as part of the plant. */
    @Test
    void tableIsReadOnce() throws IOException {
        PlantReading reading = read("wind_speed_m_s,power_kW\n4,100\n12,3000\n", "{curve: curve.csv}");
        assertThat(reading.findings()).isEmpty();
        var twins = reading.plant().orElseThrow().twins();
        ModelTable table = twins.get(0).modelTables().get("curve");
        assertThat(table).isNotNull().isSameAs(twins.get(1).modelTables().get("curve"));
        String before = reading.plant().orElseThrow().fingerprint();
        PlantReading after = read("wind_speed_m_s,power_kW\n4,100\n12,3100\n", "{curve: curve.csv}");
        assertThat(after.plant().orElseThrow().fingerprint()).isNotEqualTo(before);
    }

    /** What a model cannot read is told with its line in the table's file. */
    @Test
    void cellsThatAreNoNumbersAreFound() throws IOException {
        PlantReading reading = read("wind_speed_m_s,power_kW\n4,100\n12,much\n", "{curve: curve.csv}");
        assertThat(reading.findings().toString()).contains("curve.csv:3", "power_kW", "much");
    }

    @Test
    void unknownTablesAndFilesAreFound() throws IOException {
        assertThat(read("a\n1\n", "{curv: curve.csv}").findings().toString()).contains("no table \"curv\"", "curve");
        assertThat(read("a\n1\n", "{curve: nowhere.csv}").findings().toString()).contains("nowhere.csv");
        assertThat(read("a\n1\n", "{curve: curve.csv}").findings().toString()).contains("wind_speed_m_s");
    }
}
