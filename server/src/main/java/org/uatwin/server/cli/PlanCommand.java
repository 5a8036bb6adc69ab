package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.ModbusConnection;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.PollGroup;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.poll.PollPlan;
import org.uatwin.plcadapters.poll.PollPlanner;
import org.uatwin.plcadapters.poll.ReadBlock;
import org.uatwin.server.method.SimulationModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uatwin plan}: the same planner as the adapter, without a connection. */
@Command(
        name = "plan",
        description = "Show which requests read a plant's devices, how often, and what each one brings.",
        footer = {"", "Exit codes: 0 planned, 1 the file has errors or a point no request can read, 2 unreadable."})
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "PLANT", description = "The plant file (YAML).")
    private Path plant = Path.of("");

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The points one device is asked for with one period. */
    private record Share(ModbusDevice device, PollGroup group, List<String> names, List<Binding.Modbus> bindings) {}

    @Override
    public Integer call() {
        Logging.forTool(common.isDebug());
        PrintWriter out = spec.commandLine().getOut();
        PlantReading reading = PlantFile.read(plant, SimulationModels.builtIn(), Protocols.onClassPath());
        if (reading.plant().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            reading.findings().forEach(finding -> err.println(Table.printable(finding.toString())));
            return reading.exitCode();
        }
        boolean isUnreadable = false;
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<ModbusConnection> polled = reading.plant().get().connections().stream()
                .filter(ModbusConnection.class::isInstance)
                .map(ModbusConnection.class::cast)
                .toList();
        for (ModbusConnection connection : polled) {
            double requestsPerSecond = 0;
            for (Share share : shares(reading.plant().get(), connection)) {
                PollPlan plan =
                        PollPlanner.plan(share.bindings(), share.device().limits());
                isUnreadable |= !plan.unreadable().isEmpty();
                requestsPerSecond +=
                        plan.requests() * 1e9 / share.group().period().toNanos();
                if (json) {
                    rows.add(json(share, plan));
                } else {
                    String title = "%s  unit %d  every %s"
                            .formatted(
                                    share.device().label(),
                                    share.device().unitId(),
                                    period(share.group().period()));
                    out.println(plan.describe(title, share.names()::get));
                    out.println();
                }
            }
            if (!json) {
                out.println("%s: %s requests/s over all its devices"
                        .formatted(
                                connection.name(),
                                new java.math.BigDecimal(requestsPerSecond)
                                        .round(new java.math.MathContext(3))
                                        .toPlainString()));
                out.println();
            }
        }
        if (json) {
            out.println(Json.pretty(rows));
        } else if (polled.isEmpty()) {
            out.println("%s has no Modbus connections, so nothing is polled".formatted(plant));
        }
        return isUnreadable ? Exit.FAILED : Exit.OK;
    }

    private static List<Share> shares(Plant plant, ModbusConnection connection) {
        Map<List<String>, Share> shares = new LinkedHashMap<>();
        for (ModbusDevice device : connection.devices()) {
            for (PollGroup group : connection.pollGroups()) {
                shares.put(
                        List.of(device.name(), group.name()),
                        new Share(device, group, new ArrayList<>(), new ArrayList<>()));
            }
        }
        for (Twin twin : plant.twins()) {
            for (int i = 0; i < twin.pointCount(); i++) {
                if (twin.binding(i) instanceof Binding.Modbus b
                        && b.device().connection().equals(connection.name())) {
                    Share share = shares.computeIfAbsent(
                            List.of(b.device().name(), b.pollGroup().name()),
                            k -> new Share(b.device(), b.pollGroup(), new ArrayList<>(), new ArrayList<>()));
                    share.names()
                            .add(twin.id() + "/" + twin.type().points().get(i).name());
                    share.bindings().add(b);
                }
            }
        }
        return shares.values().stream().filter(s -> !s.bindings().isEmpty()).toList();
    }

    private static Map<String, @Nullable Object> json(Share share, PollPlan plan) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("connection", share.device().connection());
        row.put("device", share.device().name());
        row.put("unitId", share.device().unitId());
        row.put("pollGroup", share.group().name());
        row.put("periodMs", share.group().period().toMillis());
        row.put("points", share.bindings().size());
        row.put("requests", plan.requests());
        row.put("registers", plan.registers());
        row.put("bits", plan.bits());
        row.put("spare", plan.spare());
        List<Map<String, @Nullable Object>> blocks = new ArrayList<>();
        for (int b = 0; b < plan.blocks().size(); b++) {
            ReadBlock block = plan.blocks().get(b);
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("table", block.table().name());
            json.put("offset", block.offset());
            json.put("quantity", block.quantity());
            json.put("requests", block.requests());
            List<String> names = new ArrayList<>();
            for (int k = 0; k < plan.itemCount(b); k++) {
                names.add(share.names().get(plan.item(b, k)));
            }
            json.put("points", names);
            blocks.add(json);
        }
        row.put("blocks", blocks);
        List<Map<String, String>> unreadable = new ArrayList<>();
        plan.unreadable()
                .forEach(u -> unreadable.add(Map.of("point", share.names().get(u.item()), "cause", u.cause())));
        row.put("unreadable", unreadable);
        return row;
    }

    private static String period(Duration period) {
        long ms = period.toMillis();
        return ms % 60_000 == 0 ? ms / 60_000 + " min" : ms % 1_000 == 0 ? ms / 1_000 + " s" : ms + " ms";
    }
}
