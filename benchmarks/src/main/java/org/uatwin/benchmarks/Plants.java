package org.uatwin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plant files of the tables: one entry of twins with 20 analog points each, EURange and EngineeringUnits on every one. */
final class Plants {
    static final int POINTS_PER_TWIN = 20;

    private Plants() {}

    /**
     * Writes a plant file.
     *
     * @param points a multiple of 20.
     * @param isBound whether the points are bound to Modbus addresses of devices that nobody answers for, 2 000 points a
     *     device and 5 devices a connection; otherwise they wait for what {@link FedServer} feeds.
     */
    static Path write(Path directory, int points, boolean isBound) throws IOException {
        int twins = points / POINTS_PER_TWIN;
        int connections = Math.max(1, (twins + 499) / 500);
        StringBuilder text = new StringBuilder(
                """
                uatwin: 1
                siteId: bench
                server: {host: localhost, port: 0, securityNone: true, anonymous: Observer, historyInMemory: 0 s}
                """);
        if (isBound) {
            text.append(
                    """
                    connections:
                      gateway-{001..%03d}:
                        host: "127.0.{n / 250 + 1}.{n %% 250 + 1}"
                        port: 9
                        timeout: 500 ms
                        devices:
                          plc-{u=1..5}: {unit: "{u}", limits: {registersPerRead: 120, gap: 4}}
                    """
                            .formatted(connections));
        }
        text.append("types:\n  Probe:\n    version: 1.0.0\n    points:\n");
        text.append(members("      %s: {name: Value, unit: bar, euRange: [0, 16]}%n"));
        text.append(
                """
                twins:
                  - ids: probe-{00001..%05d}
                    type: Probe
                    area: Area {i / 5000 + 1}
                    line: Line {i / 500 + 1}
                """
                        .formatted(twins));
        if (isBound) {
            text.append(
                    """
                        device: gateway-{i / 500 + 1:03}/plc-{i / 100 % 5 + 1}
                        base: {input: "{i % 100 * 40}"}
                        points:
                    """);
            IntStream.range(0, POINTS_PER_TWIN)
                    .forEach(p -> text.append("      %s: input %d float32%n".formatted(member(p), 2 * p)));
        }
        Path file = directory.resolve("plant-%d-%s.yaml".formatted(points, isBound ? "bound" : "fed"));
        return Files.writeString(file, text);
    }

    private static String members(String line) {
        return IntStream.range(0, POINTS_PER_TWIN)
                .mapToObj(p -> line.formatted(member(p)))
                .collect(Collectors.joining());
    }

    private static String member(int p) {
        return "Value%02d".formatted(p + 1);
    }

    /** Identifier of the i-th point in the site's namespace. */
    static String id(int i) {
        return "probe-%05d/%s".formatted(i / POINTS_PER_TWIN + 1, member(i % POINTS_PER_TWIN));
    }

    static String twinId(int i) {
        return "probe-%05d".formatted(i + 1);
    }
}
