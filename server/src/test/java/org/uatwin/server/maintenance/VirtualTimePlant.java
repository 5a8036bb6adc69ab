package org.uatwin.server.maintenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.uatwin.certs.user.Role;
import org.uatwin.certs.user.UserDirectory.PlainUser;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkOpener;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatistics;
import org.uatwin.plcadapters.adapter.PointDiagnostics;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;
import org.uatwin.server.assembly.ServerOptions;
import org.uatwin.server.assembly.UatwinServer;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.TwinInstance;
import org.uatwin.simulation.virtual.VirtualConveyor;
import org.uatwin.simulation.virtual.VirtualMachine;
import org.uatwin.simulation.virtual.VirtualPump;

/**
 * The server with the demo plant, in virtual time: its links bring what the virtual machines' sensors show, a second at a time and as
 * fast as the machine can, so that hours of operation take seconds. Everything behind the links is the server as it is.
 */
public final class VirtualTimePlant implements LinkOpener, AutoCloseable {
    private static final List<PlainUser> USERS = List.of(
            new PlainUser("operator", "operator", Set.of(Role.OBSERVER, Role.OPERATOR)),
            new PlainUser("admin", "admin", EnumSet.allOf(Role.class)));

    private final List<Runnable> following = new ArrayList<>();
    private final Map<String, VirtualMachine> machines = new LinkedHashMap<>();
    private final UatwinServer server;
    private final AtomicLong now = new AtomicLong(UaTime.ofInstant(Instant.parse("2026-11-26T00:00:00Z")));

    /** Starts a server on a free port. */
    public VirtualTimePlant(Path data, long seed) {
        machines.put("pump-01", new VirtualPump(seed));
        machines.put("conveyor-01", new VirtualConveyor(seed + 1));
        Plant plant =
                PlantFile.read(text(), "demo.yaml").plant().orElseThrow().withServer(settings -> settings.withPort(0));
        server = UatwinServer.start(
                plant, new ServerOptions(data, USERS).withLinks(this, () -> UaTime.toInstant(now.get())));
    }

    private static String text() {
        try (InputStream in = VirtualTimePlant.class.getResourceAsStream("/org/uatwin/demo/plant.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("@[A-Z_]+@", "15020");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public UatwinServer server() {
        return server;
    }

    /** A machine, for faults and repairs. */
    public VirtualMachine machine(String twin) {
        return Objects.requireNonNull(machines.get(twin), twin);
    }

    /** Lets so many seconds pass. */
    public void run(long seconds) {
        for (long s = 0; s < seconds; s++) {
            long time = now.addAndGet(UaTime.TICKS_PER_SECOND);
            machines.forEach(
                    (id, machine) -> step(Objects.requireNonNull(server.live().instance(id)), machine, time));
            following.forEach(Runnable::run);
        }
    }

    private void step(TwinInstance twin, VirtualMachine machine, long time) {
        machine.step(1);
        if (!machine.isAnswering()) {
            return;
        }
        PointTable table = server.live().table();
        SampleBatch batch = new SampleBatch(20);
        List<Member.Point> points = twin.type().declaredPoints();
        int shard = LivePlant.OWN_SHARD;
        for (int i = 0; i < points.size(); i++) {
            Binding binding = twin.binding(i);
            Member.Point point = points.get(i);
            if (binding != null && !point.isArray() && machine.points().contains(point.name())) {
                int row = twin.firstRow() + i;
                shard = table.shardOf(row);
                batch.add(row, point.dataType().fromDouble(machine.value(point.name())), StatusCode.GOOD, time, time);
            }
        }
        table.submit(shard, batch);
    }

    @Override
    public Link open(LinkOpening opening) {
        return new StillLink(opening.connection().name());
    }

    @Override
    public boolean every(long periodMs, Runnable work) {
        return true; // statistics of links are not looked at
    }

    @Override
    public boolean afterEachStep(Runnable work) {
        following.add(work);
        return true;
    }

    @Override
    public void close() {
        server.close();
    }

    /** A link that sends nothing by itself. */
    record StillLink(String name) implements Link {
        @Override
        public void start() {
            // the plant brings the samples
        }

        @Override
        public CompletionStage<WriteResult> write(WriteCommand command) {
            return CompletableFuture.completedStage(new WriteResult(StatusCode.BAD_NOT_WRITABLE, "no wire"));
        }

        @Override
        public LinkStatistics statistics() {
            return LinkStatistics.of(LinkStatistics.State.CLOSED, name, "", UaTime.NONE);
        }

        @Override
        public PointDiagnostics diagnostics(int row) {
            return new PointDiagnostics("", "", UaTime.NONE);
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
