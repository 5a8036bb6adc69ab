package org.uatwin.plcadapters.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.PlantFile;

/** A plant file that needs an optional adapter which is not there: one finding that says how to add it, and no others. */
class UninstalledProtocolTest {
    private static final String PLANT =
            """
            uatwin: 1
            siteId: site
            connections:
              cpu:
                protocol: s7
                host: 10.0.0.1
                slot: 2
            types:
              Press:
                version: 1.0.0
                points:
                  Count: {kind: plain, type: Int16}
            twins:
              - {id: press-01, type: Press, device: cpu, points: {Count: "DB1.DBW0"}}
            """;

    @Test
    void theFindingSaysHowToAddIt() {
        List<Finding> findings =
                PlantFile.read(PLANT, "plant.yaml", Protocols.of(List.of())).findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).toString())
                .contains("plant.yaml:5:15", "protocol: s7 is not installed", "adapters/", "mvn -pl plc-adapter-s7");
    }
}
