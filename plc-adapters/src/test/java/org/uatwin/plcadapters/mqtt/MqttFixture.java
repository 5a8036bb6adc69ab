package org.uatwin.plcadapters.mqtt;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Connection;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.ModelCatalog;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.plant.TypeLibrary;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.SampleBatch;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.VirtualTime;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** The first connection of a plant file, its points in a table of their own; over virtual time or over the real one. */
final class MqttFixture {
    static final long MS = 1_000_000L;
    static final Protocols PROTOCOLS = Protocols.of(List.of(new MqttProtocol()));

    final VirtualTime time = new VirtualTime();
    final ScriptedPort broker = new ScriptedPort();
    final List<SampleBatch> batches = new ArrayList<>();
    final PointTable table = new PointTable(Runnable::run, e -> {
        throw new AssertionError(e);
    });
    final LinkStatisticsRows statistics;
    private final int shard = table.addShard();
    private final Map<String, Integer> rows = new HashMap<>();
    private List<BoundPoint> points = new ArrayList<>();
    private Connection connection;
    private @Nullable LinkEnvironment environment;
    private @Nullable MqttLink link;

    MqttFixture(Plant plant) {
        connection = plant.connections().get(0);
        lay(plant);
        Map<String, LinkStatisticsRows.Rows> devices = new LinkedHashMap<>();
        connection.devices().forEach(d -> devices.put(d.name(), rows("MqttDevice")));
        statistics = new LinkStatisticsRows(Optional.of(rows("MqttLink")), devices);
    }

    /** Points known by name keep their rows. */
    private void lay(Plant plant) {
        points = new ArrayList<>();
        for (Twin twin : plant.twins()) {
            for (int i = 0; i < twin.pointCount(); i++) {
                Binding binding = twin.binding(i);
                if (binding != null && binding.connection().isPresent()) {
                    Member.Point point = twin.type().points().get(i);
                    int row = rows.computeIfAbsent(twin.id() + "/" + point.name(), name -> row());
                    points.add(new BoundPoint(
                            row, binding, point.dataType(), point.arrayLength(), point.validity(), Optional.empty()));
                }
            }
        }
    }

    /** What a reload does to the link; it is carried out by the next step. */
    CompletableFuture<Void> reload(Plant plant) {
        return link().prepareUpdate(opening(plant))
                .orElseThrow(() -> new AssertionError("the link wants to be opened anew"))
                .carryOut()
                .toCompletableFuture();
    }

    private int row() {
        int row = table.allocate(1, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        table.assign(row, shard, StatusCode.BAD_WAITING_FOR_INITIAL_DATA);
        return row;
    }

    private LinkStatisticsRows.Rows rows(String typeName) {
        var type = TypeLibrary.builtIn().type(typeName).orElseThrow();
        int first = row();
        for (int i = 1; i < type.points().size(); i++) {
            row();
        }
        return new LinkStatisticsRows.Rows(type, first);
    }

    /** A plant of one connection {@code broker} and one twin {@code t} of the points given. */
    static Plant plant(String connection, String pointTypes, String bindings) {
        return plantOf("mqtt://localhost", connection, pointTypes, bindings);
    }

    /** The same at another broker. */
    static Plant plantOf(String url, String connection, String pointTypes, String bindings) {
        PlantReading reading = read(url, connection, pointTypes, bindings);
        return reading.plant()
                .orElseThrow(() -> new AssertionError(String.join(
                        "\n", reading.findings().stream().map(Finding::toString).toList())));
    }

    static PlantReading read(String connection, String pointTypes, String bindings) {
        return read("mqtt://localhost", connection, pointTypes, bindings);
    }

    private static PlantReading read(String url, String connection, String pointTypes, String bindings) {
        return PlantFile.read(
                """
                uatwin: 1
                siteId: test
                connections:
                  broker: {protocol: mqtt, url: "%s", %s}
                types:
                  T:
                    version: 1.0.0
                    points: {%s}
                twins:
                  - id: t
                    type: T
                    points: {%s}
                """
                        .formatted(url, connection, pointTypes, bindings),
                "plant.yaml",
                PROTOCOLS);
    }

    static Plant read(Path file) {
        PlantReading reading = PlantFile.read(file, ModelCatalog.UNKNOWN, PROTOCOLS);
        return reading.plant().orElseThrow(() -> new AssertionError(reading.findings()));
    }

    /** A connected link over virtual time. */
    static MqttFixture connected(String connection, String pointTypes, String bindings) {
        MqttFixture fixture = new MqttFixture(plant(connection, pointTypes, bindings));
        fixture.open();
        fixture.run(10);
        return fixture;
    }

    LinkOpening opening(LinkEnvironment environment) {
        return new LinkOpening(
                connection,
                points,
                batch -> {
                    batches.add(batch);
                    table.submit(shard, batch);
                },
                batch -> table.submit(shard, batch),
                statistics,
                environment);
    }

    void open() {
        open(ports -> ports);
    }

    /** @param around what the link gets instead of the bare port. */
    void open(UnaryOperator<MqttLoop.Ports> around) {
        environment = new LinkEnvironment(
                time.clock(),
                time::now,
                7,
                task -> {
                    throw new AssertionError("no thread is needed");
                },
                Runnable::run);
        MqttLink opened = MqttLink.open(opening(environment()), around.apply(broker::open));
        opened.loop().begin();
        link = opened;
    }

    /** A started link to a real broker. */
    MqttLink start(Executor answers) {
        environment = new LinkEnvironment(
                InstantSource.system(), System::nanoTime, 42, Executors.defaultThreadFactory(), answers);
        MqttLink opened = MqttLink.open(opening(environment()));
        link = opened;
        opened.start();
        return opened;
    }

    /** What the link of a changed plant would be opened with. */
    LinkOpening opening(Plant plant) {
        connection = plant.connections().get(0);
        lay(plant);
        return opening(environment());
    }

    private LinkEnvironment environment() {
        LinkEnvironment now = environment;
        if (now == null) {
            throw new IllegalStateException("not opened");
        }
        return now;
    }

    MqttLink link() {
        MqttLink now = link;
        if (now == null) {
            throw new IllegalStateException("not opened");
        }
        return now;
    }

    /** Runs the loop for so many milliseconds of virtual time. */
    void run(long ms) {
        long end = time.now() + ms * MS;
        while (time.now() < end) {
            long next = link().loop().step();
            if (next > time.now()) {
                time.advance(Math.min(next, end) - time.now());
            }
        }
        link().loop().step();
    }

    /** Sends a message and lets the link take it. */
    void send(String topic, String payload) {
        broker.send(topic, payload);
        run(1);
    }

    int row(String name) {
        Integer row = rows.get(name);
        if (row == null) {
            throw new IllegalArgumentException("no point " + name);
        }
        return row;
    }

    /** Sample of a point of the twin {@code t}. */
    Sample read(String point) {
        return table.read(row("t/" + point));
    }

    StatusCode status(String point) {
        return read(point).status();
    }

    double number(String point) {
        return Double.longBitsToDouble(read(point).bits());
    }

    String error(String point) {
        return link().diagnostics(row("t/" + point)).lastError();
    }

    /** A counter of the link, as its node shows it. */
    long counter(String name) {
        LinkStatisticsRows.Rows of = statistics.link().orElseThrow();
        return table.read(of.firstRow() + of.type().pointOrdinal(name)).bits();
    }

    /** State of a device, as its node shows it. */
    long deviceState(String device) {
        LinkStatisticsRows.Rows of = statistics.devices().get(device);
        if (of == null) {
            throw new IllegalArgumentException("no device " + device);
        }
        return table.read(of.firstRow() + of.type().pointOrdinal("State")).bits();
    }

    CompletableFuture<WriteResult> write(String point, long bits, @Nullable Object object, long deadlineMs) {
        return link().write(new WriteCommand(row("t/" + point), bits, object, -1, time.now() + deadlineMs * MS))
                .toCompletableFuture();
    }

    CompletableFuture<WriteResult> write(String point, double value) {
        return write(point, Double.doubleToRawLongBits(value), null, 30_000);
    }
}
