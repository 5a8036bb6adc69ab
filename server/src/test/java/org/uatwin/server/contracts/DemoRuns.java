package org.uatwin.server.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;

/** Runs of the demo's pump, as its clients start and look at them. */
final class DemoRuns {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final String LONG = "uatwin: 1\nhorizon: 400 h\nstep: 1 s\nreplicates: 2\n";
    static final String SHORT =
            """
            uatwin: 1
            horizon: 60 s
            replicates: 2
            seed: 5
            actions: [{set: ValvePosition, to: 50, at: 10 s}]
            """;

    private DemoRuns() {}

    static Variant[] outputs(CallMethodResult result) {
        assertThat(result.getStatusCode()).isEqualTo(StatusCode.GOOD);
        return Objects.requireNonNull(result.getOutputArguments());
    }

    static String simulate(PlantClient client, String scenario) throws Exception {
        Variant[] outputs =
                outputs(client.call("pump-01", "Simulate", scenario, 0.0, 0.0, new String[0], new Double[0]));
        assertThat(outputs[0].value()).as("%s", outputs[1]).isEqualTo(true);
        return String.valueOf(outputs[2].value());
    }

    static String run(String id) {
        return "pump-01/Runs/" + id;
    }

    static @Nullable Object value(PlantClient client, String path) throws Exception {
        DataValue value = client.read(path);
        assertThat(value.statusCode()).as(path).isEqualTo(StatusCode.GOOD);
        return value.value().value();
    }

    static void awaitState(PlantClient client, String id, int state) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(value(client, run(id) + "/RunState"))
                .isEqualTo(state));
    }
}
