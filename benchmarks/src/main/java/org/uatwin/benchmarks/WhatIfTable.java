package org.uatwin.benchmarks;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;

/** WhatIf of the running demo's pump and conveyor, 10 minutes ahead, at the client. */
final class WhatIfTable {
    private static final int WARM_UP = 100;
    private static final int CALLS = 101;
    private static final double HORIZON_SECONDS = 600;
    private static final double BAR_MS = 50;

    private WhatIfTable() {}

    static void run(Path directory) throws IOException, UaException {
        try (ServerProcess demo = ServerProcess.start(
                List.of("-Xmx350m"),
                "org.uatwin.server.cli.Main",
                "demo",
                "--port",
                "0",
                "--data",
                directory.resolve("demo").toString(),
                "--quiet")) {
            OpcUaClient client = OpcUaClient.create(
                    demo.url(),
                    endpoints -> endpoints.stream()
                            .filter(e -> SecurityPolicy.None.getUri().equals(e.getSecurityPolicyUri()))
                            .findFirst(),
                    transport -> {},
                    config -> config.setRequestTimeout(uint(10_000))
                            .setIdentityProvider(new UsernameProvider("operator", "operator")));
            client.connect();
            LockSupport.parkNanos(FIRST_DATA_NANOS); // the demo is ready before its links have read everything once
            measure(client, "pump-01", "SpeedSetpoint", 1200, "DischargePressure");
            measure(client, "conveyor-01", "SpeedSetpoint", 1.2, "MotorPower");
            client.disconnect();
        }
    }

    private static final long FIRST_DATA_NANOS = 5_000_000_000L;

    private static void measure(OpcUaClient client, String twin, String parameter, double value, String output)
            throws UaException {
        call(client, twin, parameter, value, output, WARM_UP);
        List<Double> medians = new ArrayList<>();
        for (int run = 0; run < Report.RUNS; run++) {
            medians.add(Report.median(call(client, twin, parameter, value, output, CALLS)));
        }
        double p50 = Report.row("WhatIf of %s, p50 of %d calls".formatted(twin, CALLS), "ms", medians);
        Report.verdict("WhatIf of " + twin + ", ms", p50, "<= 50", p50 <= BAR_MS);
    }

    private static List<Double> call(
            OpcUaClient client, String twin, String parameter, double value, String output, int calls)
            throws UaException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            CallMethodRequest request =
                    new CallMethodRequest(Client.id(twin), Client.id(twin + "/MethodSet/WhatIf"), new Variant[] {
                        new Variant(parameter), new Variant(value), new Variant(output), new Variant(HORIZON_SECONDS)
                    });
            long start = System.nanoTime();
            CallMethodResult result = client.call(List.of(request)).getResults()[0];
            times.add((System.nanoTime() - start) / 1e6);
            Variant[] outputs = result.getOutputArguments();
            if (!result.getStatusCode().isGood() || outputs == null || !Boolean.TRUE.equals(outputs[0].value())) {
                throw new IllegalStateException("%s/WhatIf answers %s %s"
                        .formatted(twin, result.getStatusCode(), outputs == null ? "" : List.of(outputs)));
            }
        }
        return times;
    }
}
