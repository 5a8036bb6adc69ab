package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.maintenance.PlannedPlant;

/** Issue 5, build 4: the plan of a whole line, as a client we did not write sees it. */
@Tag("acceptance")
class PlanAcceptanceIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void aLineIsPlannedForAnyClient(@TempDir Path folder) throws Exception {
        NodeProgram program =
                NodeProgram.install(Program.root().resolve("server/src/test/node"), folder.resolve("node"));
        try (PlannedPlant plant = new PlannedPlant(folder.resolve("data"))) {
            Path json = folder.resolve("plan.json");
            Program.Outcome outcome = program.run(
                    "plan.js",
                    LIMIT,
                    "--endpoint",
                    plant.endpointUrl(),
                    "--twin",
                    "line-1",
                    "--work",
                    folder.resolve("pki").toString(),
                    "--json",
                    json.toString());
            JsonNode answer = program.answer(json, outcome);
            String all = answer.toPrettyString();
            JsonNode schedule = answer.path("schedule");
            assertThat(schedule.path("status").asText()).as(all).isEqualTo("Good");
            int jobs = schedule.path("Tasks").size();
            assertThat(jobs).as(all).isEqualTo(4);
            for (String column :
                    new String[] {"TwinIds", "Starts", "LatestStarts", "Crews", "RisksAfter", "Policies"}) {
                assertThat(schedule.path(column).size()).as(column).isEqualTo(jobs);
            }
            assertThat(schedule.at("/TwinIds/0").asText()).as(all).isEqualTo("press-1");
            assertThat(schedule.at("/Starts/0").asText()).as(all).endsWith("T05:00:00.000Z");
            assertThat(schedule.path("Message").asText())
                    .as(all)
                    .contains("while it stands anyway", "12.0 h at a stretch");
            assertThat(answer.at("/plan/Task").asText()).as(all).isEqualTo("press-1/Seal");
            assertThat(answer.at("/defer/RiskLater").asDouble())
                    .as(all)
                    .isGreaterThan(answer.at("/defer/Risk").asDouble());
            assertThat(answer.at("/list/RecordIds").size()).as(all).isZero();
        }
    }
}
