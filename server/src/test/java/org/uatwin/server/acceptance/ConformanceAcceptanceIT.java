package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conformance checks of {@code ../shared/conformance} against the demo: none fails, and each that does not apply is
 * explained in {@code conformance-na.txt}. The table also goes to {@code target/conformance.txt}.
 */
@Tag("acceptance")
@Tag("shared")
class ConformanceAcceptanceIT {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TestFactory
    List<DynamicTest> everyCheckPassesOrIsExplained(@TempDir Path directory) throws Exception {
        NodeProgram checks = NodeProgram.install(Program.shared("conformance"), directory.resolve("conformance"));
        Path json = directory.resolve("conformance.json");
        Program.Outcome outcome;
        try (DemoProcess demo = DemoProcess.start(directory)) {
            Path pki = demo.dataDirectory().resolve("pki");
            outcome = checks.run(
                    "check.js",
                    LIMIT,
                    "--endpoint",
                    demo.endpoint(),
                    "--user",
                    "operator",
                    "--password",
                    "operator",
                    "--admin-user",
                    "admin",
                    "--admin-password",
                    "admin",
                    "--trusted-dir",
                    pki.resolve("trusted/certs").toString(),
                    "--user-trusted-dir",
                    pki.resolve("users/trusted/certs").toString(),
                    "--json",
                    json.toString());
        }
        Files.writeString(Path.of("target", "conformance.txt"), outcome.out());
        JsonNode results = checks.answer(json, outcome).path("results");
        assertThat(results.size()).as("checks run: %s", outcome).isGreaterThan(100);
        Map<String, String> explained = explained();
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode result : results) {
            String id = result.path("id").asText();
            tests.add(DynamicTest.dynamicTest(
                    id + " " + result.path("title").asText(), () -> check(id, result, explained)));
        }
        return tests;
    }

    private static void check(String id, JsonNode result, Map<String, String> explained) {
        String status = result.path("status").asText();
        String note = result.path("note").asText();
        switch (status) {
            case "PASS" -> {}
            case "na" ->
                assertThat(explained)
                        .as("%s does not apply (%s): explain it in conformance-na.txt or make it apply", id, note)
                        .containsKey(id);
            default -> throw new AssertionError("%s %s: %s".formatted(status, id, note));
        }
    }

    /** Id to explanation, of the lines {@code ID | explanation}. */
    private static Map<String, String> explained() throws IOException {
        Map<String, String> explained = new TreeMap<>();
        try (InputStream in = ConformanceAcceptanceIT.class.getResourceAsStream("conformance-na.txt")) {
            if (in == null) {
                throw new IllegalStateException("conformance-na.txt is missing");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(line -> {
                int bar = line.indexOf('|');
                explained.put(
                        line.substring(0, bar).trim(), line.substring(bar + 1).trim());
            });
        }
        return explained;
    }
}
