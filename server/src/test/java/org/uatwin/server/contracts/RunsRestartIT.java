package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uatwin.server.contracts.DemoRuns.LIMIT;
import static org.uatwin.server.contracts.DemoRuns.LONG;
import static org.uatwin.server.contracts.DemoRuns.SHORT;
import static org.uatwin.server.contracts.DemoRuns.awaitState;
import static org.uatwin.server.contracts.DemoRuns.outputs;
import static org.uatwin.server.contracts.DemoRuns.run;
import static org.uatwin.server.contracts.DemoRuns.simulate;
import static org.uatwin.server.contracts.DemoRuns.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.demo.DemoServer;

/** What a restart leaves of runs: nothing an operator waits for vanishes silently (information model 4.8). */
class RunsRestartIT {
    private static List<Object> answers(PlantClient operator, String id) throws Exception {
        return List.of(
                Arrays.asList(outputs(operator.call("pump-01", "GetRunResult", id))),
                Arrays.asList(outputs(operator.call("pump-01", "GetRunSeries", id, "Flow", UInteger.valueOf(0)))),
                Arrays.asList(outputs(operator.call("pump-01", "GetRunSeries", id, "Flow.P95", UInteger.valueOf(20)))),
                Objects.requireNonNull(value(operator, run(id) + "/EndTime")),
                Objects.requireNonNull(value(operator, run(id) + "/Message")));
    }

    private static String plain(List<Object> answers) {
        StringBuilder text = new StringBuilder();
        for (Object answer : answers) {
            if (answer instanceof List<?> variants) {
                variants.forEach(v -> text.append(Arrays.deepToString(new Object[] {((Variant) v).value()})));
            } else {
                text.append(answer);
            }
        }
        return text.toString();
    }

    private static PlantClient connected(DemoServer demo) throws Exception {
        PlantClient operator = PlantClient.operator(demo.server().endpointUrl());
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(
                        operator.read("pump-01/BearingTemperature").statusCode().isGood())
                .isTrue());
        return operator;
    }

    @Test
    void finishedRunsAnswerTheSameAndUnfinishedOnesAreHalted(@TempDir Path data) throws Exception {
        String finished;
        String underWay;
        String before;
        try (DemoServer demo = DemoServer.start(data, 0, Optional.empty());
                PlantClient operator = connected(demo)) {
            finished = simulate(operator, SHORT);
            awaitState(operator, finished, 2);
            before = plain(answers(operator, finished));
            underWay = simulate(operator, LONG);
            awaitState(operator, underWay, 1);
        }
        try (DemoServer demo = DemoServer.start(data, 0, Optional.empty());
                PlantClient operator = connected(demo)) {
            assertThat(plain(answers(operator, finished))).isEqualTo(before);
            assertThat(value(operator, run(underWay) + "/CurrentState")).isEqualTo(LocalizedText.english("Halted"));
            assertThat(String.valueOf(value(operator, run(underWay) + "/Message")))
                    .contains("server was stopped");
        }
    }

    // A file that rots must cost what it held and nothing else.
    @Test
    void damagedFileCostsTheRunsAndNothingElse(@TempDir Path data) throws Exception {
        Files.writeString(data.resolve("state.db"), "this is no database, and no database ever looked like this");
        try (DemoServer demo = DemoServer.start(data, 0, Optional.empty());
                PlantClient operator = connected(demo)) {
            String id = simulate(operator, SHORT);
            awaitState(operator, id, 2);
            assertThat(answers(operator, id)).hasSize(5);
        }
    }
}
