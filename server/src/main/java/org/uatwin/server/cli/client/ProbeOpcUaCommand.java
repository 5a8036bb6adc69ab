package org.uatwin.server.cli.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.jspecify.annotations.Nullable;
import org.uatwin.server.cli.CliException;
import org.uatwin.server.cli.Exit;
import org.uatwin.server.cli.Json;
import org.uatwin.server.cli.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uatwin probe opcua}. */
@Command(
        name = "opcua",
        description = {
            "Look at an OPC UA server: its endpoints, its limits, its variables with types, units and ranges. Drafts a",
            "plant file that mirrors them. Writes nothing there."
        },
        customSynopsis = "uatwin probe opcua [OPTIONS] URL",
        footer = {
            "",
            "Example: uatwin probe opcua opc.tcp://plc:4840 --under \"ns=4;s=Press\" --draft plant.yaml",
            "Exit codes: 0 variables were found, 1 none were, 2 wrong usage, 3 no session."
        })
public final class ProbeOpcUaCommand extends ClientAction {
    private static final int SHOWN = 100;
    private static final int MIN_SUPPORTED_SAMPLE_RATE = 2272; // Part 6, annex A: numbers of NodeIds
    private static final int MAX_NODES_PER_READ = 11705;
    private static final int MAX_MONITORED_ITEMS_PER_CALL = 11714;

    @Option(names = "--under", paramLabel = "NODE", description = "Begin at this node. Default: Objects.")
    private @Nullable String under;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most variables to look at, 1..100000. Default: ${DEFAULT-VALUE}.")
    private int max = 1_000;

    @Option(
            names = "--draft",
            paramLabel = "FILE",
            description = "Write a plant file of what was found; never overwrites.")
    private @Nullable Path draft;

    @Option(names = "--all", description = "Show every variable, not the first " + SHOWN + ".")
    private boolean all;

    @Override
    void check(List<String> arguments) {
        needs(arguments, 0, 0, "URL");
        if (max < 1 || max > 100_000) {
            throw usage("--max must be 1..100000: " + max);
        }
        if (draft != null && Files.exists(draft)) {
            throw new CliException(
                    Exit.USAGE, "%s exists already. Fix: name another file for --draft.".formatted(draft));
        }
    }

    @Override
    int run(Session session, List<String> arguments) {
        UpstreamSurvey survey = new UpstreamSurvey(session.connection().client(), session.nodes(), session.values());
        NodeId start = under == null ? NodeIds.ObjectsFolder : session.nodes().nodeId(under);
        List<EndpointDescription> endpoints = session.connection().offered();
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        limits.put(
                "minSupportedSampleRateMs",
                survey.limit(MIN_SUPPORTED_SAMPLE_RATE).orElse(null));
        limits.put("maxNodesPerRead", survey.limit(MAX_NODES_PER_READ).orElse(null));
        limits.put(
                "maxMonitoredItemsPerCall",
                survey.limit(MAX_MONITORED_ITEMS_PER_CALL).orElse(null));
        UpstreamSurvey.Findings found = survey.walk(start, max);
        if (session.isJson()) {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put(
                    "endpoints", endpoints.stream().map(ProbeOpcUaCommand::json).toList());
            document.put("limits", limits);
            document.put("truncated", found.isTruncated());
            document.put(
                    "variables",
                    found.variables().stream().map(ProbeOpcUaCommand::json).toList());
            session.out().println(Json.pretty(document));
        } else {
            print(session.out(), endpoints, limits, found);
        }
        writeDraft(session, limits, found);
        return found.variables().isEmpty() ? Exit.FAILED : Exit.OK;
    }

    private static String policy(EndpointDescription endpoint) {
        return SecurityPolicy.fromUriSafe(String.valueOf(endpoint.getSecurityPolicyUri()))
                .map(Enum::name)
                .orElse(String.valueOf(endpoint.getSecurityPolicyUri()));
    }

    private static String tokens(EndpointDescription endpoint) {
        List<String> names = new ArrayList<>();
        UserTokenPolicy[] offered = endpoint.getUserIdentityTokens();
        for (UserTokenPolicy token : offered == null ? new UserTokenPolicy[0] : offered) {
            String name = String.valueOf(token.getTokenType());
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return String.join(", ", names);
    }

    private static Map<String, @Nullable Object> json(EndpointDescription endpoint) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("url", endpoint.getEndpointUrl());
        row.put("securityPolicy", policy(endpoint));
        row.put("securityMode", String.valueOf(endpoint.getSecurityMode()));
        row.put("userTokens", tokens(endpoint));
        return row;
    }

    private static Map<String, @Nullable Object> json(UpstreamSurvey.Variable variable) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("nodeId", variable.nodeId());
        row.put("name", variable.name());
        row.put("parent", variable.parent());
        row.put("dataType", variable.dataType());
        row.put("pointType", variable.type().map(t -> t.uaName()).orElse(null));
        row.put("arrayLength", variable.arrayLength());
        row.put("unit", variable.unit().map(unit -> unit.symbol()).orElse(null));
        row.put(
                "euRange",
                variable.euRange().map(r -> List.of(r.getLow(), r.getHigh())).orElse(null));
        row.put("writable", variable.isWritable());
        row.put("status", variable.status());
        row.put("value", variable.value());
        return row;
    }

    private void print(
            PrintWriter out,
            List<EndpointDescription> endpoints,
            Map<String, @Nullable Object> limits,
            UpstreamSurvey.Findings found) {
        Table offered = Table.of("security policy", "mode", "users", "url");
        endpoints.forEach(e -> offered.row(
                policy(e), String.valueOf(e.getSecurityMode()), tokens(e), String.valueOf(e.getEndpointUrl())));
        offered.print(out);
        out.println();
        limits.forEach((name, value) -> out.println("%s: %s".formatted(name, value == null ? "not said" : value)));
        out.println();
        out.println("%d variables%s"
                .formatted(found.variables().size(), found.isTruncated() ? " (there are more; --max, --under)" : ""));
        Table table = Table.of("node", "in", "type", "unit", "EURange", "", "value", "status");
        found.variables().stream()
                .limit(all ? Long.MAX_VALUE : SHOWN)
                .forEach(v -> table.row(
                        v.nodeId(),
                        v.parent(),
                        v.dataType()
                                + (v.arrayLength() > 0 ? "[" + v.arrayLength() + "]" : "")
                                + (v.type().isEmpty() ? " (no point)" : ""),
                        v.unit().map(unit -> unit.symbol()).orElse(""),
                        v.euRange().map(r -> r.getLow() + ".." + r.getHigh()).orElse(""),
                        v.isWritable() ? "writable" : "",
                        v.value().length() > 40 ? v.value().substring(0, 39) + "…" : v.value(),
                        v.status()));
        if (!found.variables().isEmpty()) {
            table.print(out);
        }
        if (!all && found.variables().size() > SHOWN) {
            out.println("... and %d more; --all shows them"
                    .formatted(found.variables().size() - SHOWN));
        }
    }

    private void writeDraft(Session session, Map<String, @Nullable Object> limits, UpstreamSurvey.Findings found) {
        if (draft == null) {
            return;
        }
        List<String> remarks = new ArrayList<>();
        limits.forEach((name, value) -> {
            if (value != null) {
                remarks.add("The server says %s: %s".formatted(name, value));
            }
        });
        remarks.add("A point is writable here if this user may write it there: %s."
                .formatted(options.userName().orElse("anonymous")));
        if (found.isTruncated()) {
            remarks.add("There are more variables than were looked at; see --max and --under.");
        }
        String security = session.connection().security();
        Optional<String> text = UpstreamDraft.write(
                found.variables(),
                new UpstreamDraft.Source(
                        session.connection().url(), security.split(",", 2)[0], options.userName(), remarks));
        PrintWriter err = spec.commandLine().getErr();
        if (text.isEmpty()) {
            err.println("Nothing was found that can be a point; no draft was written.");
            return;
        }
        try {
            Files.writeString(draft, text.get(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            err.println("Draft: %s. Next: uatwin check %s".formatted(draft, draft));
        } catch (IOException e) {
            throw new CliException(Exit.USAGE, "%s cannot be written: %s".formatted(draft, e.getMessage()), e);
        }
    }
}
