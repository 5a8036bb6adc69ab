package org.uatwin.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * node-opcua browses, reads, subscribes, writes, calls and reads history over every channel the demo offers, is refused
 * where it must be, holds the server against the rules of Parts 3 to 6, and the demo then ends on SIGTERM within its 5 s. The
 * checks are in {@code src/test/node}.
 */
@Tag("acceptance")
class NodeOpcuaAcceptanceIT {
    private static final Duration LIMIT = Duration.ofMinutes(12);

    @TestFactory
    List<DynamicTest> aClientWeDidNotWriteIsServed(@TempDir Path directory) throws Exception {
        NodeProgram program =
                NodeProgram.install(Program.root().resolve("server/src/test/node"), directory.resolve("node"));
        Path json = directory.resolve("interop.json");
        List<DynamicTest> tests = new ArrayList<>();
        try (DemoProcess demo = DemoProcess.start(directory)) {
            Program.Outcome outcome = program.run(
                    "interop.js",
                    LIMIT,
                    "--endpoint",
                    demo.endpoint(),
                    "--data",
                    demo.dataDirectory().toString(),
                    "--launcher",
                    Program.launcher().toString(),
                    "--work",
                    directory.resolve("pki").toString(),
                    "--json",
                    json.toString());
            Files.writeString(Path.of("target", "interop.txt"), outcome.out());
            JsonNode results = program.answer(json, outcome).path("results");
            assertThat(results.size()).as("checks run: %s", outcome).isGreaterThanOrEqualTo(30);
            add(results, tests);
            Path conform = directory.resolve("conform.json");
            Program.Outcome rules = program.run(
                    "conform.js",
                    LIMIT,
                    "--endpoint",
                    demo.endpoint(),
                    "--data",
                    demo.dataDirectory().toString(),
                    "--work",
                    directory.resolve("conform-pki").toString(),
                    "--json",
                    conform.toString());
            Files.writeString(Path.of("target", "conform.txt"), rules.out());
            JsonNode held = program.answer(conform, rules).path("results");
            assertThat(held.size()).as("rules checked: %s", rules).isGreaterThanOrEqualTo(50);
            add(held, tests);
            var exitCode = demo.stop();
            tests.add(DynamicTest.dynamicTest("SIGTERM ends the demo within 5 s", () -> assertThat(exitCode)
                    .isPresent()));
        }
        return tests;
    }

    private static void add(JsonNode results, List<DynamicTest> tests) {
        for (JsonNode result : results) {
            tests.add(DynamicTest.dynamicTest(result.path("name").asText(), () -> assertThat(
                            result.path("passed").asBoolean())
                    .as(result.path("note").asText())
                    .isTrue()));
        }
    }
}
