package org.uatwin.informationmodel.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong model parameter is found when the file is checked, not when an operator asks the first what-if. */
class ModelCatalogTest {
    private static final ModelCatalog PUMPS = new ModelCatalog() {
        @Override
        public List<String> models() {
            return List.of("CentrifugalPump");
        }

        @Override
        public List<String> parameters(String model) {
            return List.of("RequiredNpsh", "FluidDensity");
        }

        @Override
        public Optional<String> problem(String model, String parameter, double value) {
            return value > 30 ? Optional.of(parameter + " must be 0.3..30 m: " + value) : Optional.empty();
        }
    };

    private final Path folder;

    ModelCatalogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private List<Finding> check(String twinLine, String types) throws IOException {
        Path file = folder.resolve("plant.yaml");
        Files.writeString(
                file,
                """
                uatwin: 1
                siteId: test
                %s
                twins:
                  - id: pump-01
                    type: CentrifugalPump
                    ratings: {RatedFlow: 100, RatedHead: 50, RatedSpeed: 2950, RatedPower: 22}
                    %s
                """
                        .formatted(types, twinLine));
        return PlantFile.read(file, PUMPS, ProtocolCatalog.MODBUS_ONLY).findings();
    }

    @Test
    void knownParameterIsTaken() throws IOException {
        assertThat(check("model: {RequiredNpsh: 4}", "")).isEmpty();
    }

    @Test
    void unknownParameterIsFoundWithTheNearestName() throws IOException {
        List<Finding> findings = check("model: {RequiredNsph: 4}", "");

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).line()).isEqualTo(8);
        assertThat(findings.get(0).toString()).contains("RequiredNsph").contains("RequiredNpsh");
    }

    @Test
    void valueOutsideTheRangeIsFound() throws IOException {
        assertThat(check("model: {RequiredNpsh: 400}", "").get(0).toString()).contains("0.3..30 m");
    }

    @Test
    void unknownModelOfATypeIsFound() throws IOException {
        String types = "types: {Mixer: {version: 1.0.0, level: asset, model: CentrifugalPmp, points: {}}}";

        assertThat(check("", types).get(0).toString())
                .contains("CentrifugalPmp")
                .contains("CentrifugalPump");
    }
}
