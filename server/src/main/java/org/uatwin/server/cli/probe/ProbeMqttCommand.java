package org.uatwin.server.cli.probe;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Secret;
import org.uatwin.plcadapters.mqtt.DraftPlant;
import org.uatwin.plcadapters.mqtt.MqttFiles;
import org.uatwin.plcadapters.mqtt.MqttProbe;
import org.uatwin.plcadapters.mqtt.TopicSurvey;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.CommonOptions;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Logging;
import org.uatwin.server.cli.Table;
import org.uatwin.server.cli.client.Durations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin probe mqtt}. */
@Command(
        name = "mqtt",
        description = {
            "Listen to a broker: topics, what their payloads hold, how often they come, what is retained; Sparkplug B",
            "edge nodes with their metrics. Drafts a plant file. Publishes nothing."
        },
        footer = {
            "",
            "Ctrl-C ends the listening and prints what was heard so far.",
            "Example: uatwin probe mqtt mqtt://broker.local --for 60s --draft plant.yaml",
            "Exit codes: 0 something was heard, 1 nothing was, 2 wrong usage, 3 no connection to the broker."
        })
@SuppressWarnings("UnusedVariable") // picocli sets and reads the fields
final class ProbeMqttCommand implements Callable<Integer> {
    private static final int SHOWN = 100;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "The broker: mqtt://HOST[:PORT], mqtts://, ws://, wss://.")
    private String url = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long to listen. Default: ${DEFAULT-VALUE}.")
    private String time = "30s";

    @Option(
            names = "--topic",
            paramLabel = "FILTER",
            description = "Topic filter; may be repeated. Default: #, which is everything but the broker's own $SYS.")
    private List<String> filters = List.of("#");

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "User name at the broker.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File with the password on its first line.")
    private @Nullable Path passwordFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "Certificates (PEM) the broker's is checked against.")
    private @Nullable Path ca;

    @Option(names = "--certificate", paramLabel = "FILE", description = "Our own certificate (PEM).")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key (PEM, PKCS#8).")
    private @Nullable Path key;

    @Option(
            names = "--draft",
            paramLabel = "FILE",
            description = "Write a plant file of what was heard; never overwrites.")
    private @Nullable Path draft;

    @Option(names = "--all", description = "Show every topic, not the first " + SHOWN + ".")
    private boolean all;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Logging.forTool(common.isDebug());
        Duration listen = Durations.parse("--for", time);
        if (draft != null && Files.exists(draft)) {
            throw new CliException(
                    Exit.USAGE, "%s exists already. Fix: name another file for --draft.".formatted(draft));
        }
        if (!MqttProbe.isBroker(url)) {
            throw new CliException(
                    Exit.USAGE, "\"%s\" is no broker. Fix: write for example mqtt://broker.local:1883.".formatted(url));
        }
        MqttProbe.Question question = new MqttProbe.Question(
                url,
                filters,
                Optional.ofNullable(user),
                password(),
                new MqttFiles(Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key)),
                Duration.ofSeconds(10));
        try (Cancel cancel = new Cancel(() -> {})) {
            long end = System.nanoTime() + listen.toNanos();
            MqttProbe.Answer answer = new MqttProbe(InstantSource.system(), System::nanoTime)
                    .listen(question, () -> cancel.isWanted() || System.nanoTime() - end >= 0);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.pretty(json(answer)));
            } else {
                print(out, answer);
            }
            int exit = answer.topics().isEmpty() && answer.metrics().isEmpty() ? Exit.FAILED : Exit.OK;
            writeDraft(answer);
            out.flush();
            return exit;
        } catch (MqttProbe.ProbeException e) {
            throw new CliException(
                    Exit.NO_CONNECTION,
                    "%s: %s. Fix: check URL, user and certificates.".formatted(url, e.getMessage()),
                    e);
        }
    }

    private Optional<Secret> password() {
        if (passwordFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Secret(
                    Files.readString(passwordFile).lines().findFirst().orElse("")));
        } catch (IOException e) {
            throw new CliException(Exit.USAGE, "%s cannot be read.".formatted(passwordFile), e);
        }
    }

    private void writeDraft(MqttProbe.Answer answer) {
        if (draft == null) {
            return;
        }
        Optional<String> text = DraftPlant.write(answer, url);
        PrintWriter err = spec.commandLine().getErr();
        if (text.isEmpty()) {
            err.println("Nothing was heard that can be a point; no draft was written.");
            return;
        }
        try {
            Files.writeString(draft, text.get(), StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.CREATE_NEW);
            err.println("Draft: %s. Next: uatwin check %s".formatted(draft, draft));
        } catch (IOException e) {
            throw new CliException(Exit.USAGE, "%s cannot be written: %s".formatted(draft, e.getMessage()), e);
        }
    }

    private void print(PrintWriter out, MqttProbe.Answer answer) {
        out.println("%d messages, %d topics%s, %d Sparkplug metrics"
                .formatted(
                        answer.messages(),
                        answer.topics().size(),
                        answer.isTruncated() ? " (there are more)" : "",
                        answer.metrics().size()));
        if (!answer.topics().isEmpty()) {
            out.println();
            Table table = Table.of("topic", "shape", "every", "retained", "holds", "last payload");
            answer.topics().stream()
                    .limit(all ? Long.MAX_VALUE : SHOWN)
                    .forEach(t -> table.row(
                            t.topic(),
                            t.shape().toString().toLowerCase(java.util.Locale.ROOT),
                            every(t),
                            t.isRetained() ? "yes" : "",
                            holds(t),
                            t.sample().replaceAll("\\s+", " ")));
            table.print(out, "");
            if (!all && answer.topics().size() > SHOWN) {
                out.println("... and %d more; --all shows them"
                        .formatted(answer.topics().size() - SHOWN));
            }
        }
        if (!answer.metrics().isEmpty()) {
            out.println();
            Table table = Table.of("group", "node", "device", "metric", "kind");
            answer.metrics()
                    .forEach(m -> table.row(
                            m.group(),
                            m.node(),
                            m.device(),
                            m.name(),
                            m.kind().toString().toLowerCase(java.util.Locale.ROOT)));
            table.print(out, "");
        }
        answer.nodesWithoutBirth()
                .forEach(node -> out.println("%s sent data, but no birth in this time: its metrics are not known"
                        .formatted(Table.printable(node))));
    }

    private static String every(TopicSurvey topic) {
        double seconds = topic.meanSeconds();
        return seconds <= 0 ? "" : seconds < 10 ? "%.2f s".formatted(seconds) : "%.0f s".formatted(seconds);
    }

    private static String holds(TopicSurvey topic) {
        List<String> parts = new ArrayList<>();
        topic.fields()
                .forEach((fragment, kind) -> parts.add((fragment.isEmpty() ? "" : fragment + " ")
                        + kind.toString().toLowerCase(java.util.Locale.ROOT)));
        return parts.size() > 4 ? String.join(", ", parts.subList(0, 4)) + ", ..." : String.join(", ", parts);
    }

    private static Map<String, @Nullable Object> json(MqttProbe.Answer answer) {
        List<Map<String, @Nullable Object>> topics = new ArrayList<>();
        for (TopicSurvey topic : answer.topics()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("topic", topic.topic());
            row.put("shape", topic.shape().toString());
            row.put("messages", topic.count());
            row.put("meanSeconds", topic.meanSeconds());
            row.put("retained", topic.isRetained());
            row.put("fields", topic.fields());
            row.put("sample", topic.sample());
            topics.add(row);
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("messages", answer.messages());
        all.put("truncated", answer.isTruncated());
        all.put("topics", topics);
        all.put("metrics", answer.metrics());
        all.put("nodesWithoutBirth", answer.nodesWithoutBirth());
        return all;
    }
}
