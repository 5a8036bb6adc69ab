package org.uatwin.plcadapters.opcua;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.security.LinkSecurity;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.Link;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.plcadapters.adapter.WriteCommand;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A link opened from a plant file with one connection and one twin, its points in a table. */
final class Mirror implements AutoCloseable {
    private final PointTable table = new PointTable(Runnable::run, e -> {
        throw new AssertionError(e);
    });
    private final List<String> names = new ArrayList<>();
    private final LinkEnvironment environment;
    private final int first;
    private final int shard = table.addShard();
    private final Link link;

    private Mirror(Plant plant, LinkSecurity security) {
        Twin twin = plant.twins().get(0);
        first = table.allocate(twin.pointCount(), Quality.NOT_YET_READ.status(false, false));
        for (int i = 0; i < twin.pointCount(); i++) {
            Member.Point point = twin.type().points().get(i);
            names.add(point.name());
            table.assign(first + i, shard, Quality.NOT_YET_READ.status(false, false));
        }
        environment = new LinkEnvironment(
                InstantSource.system(), System::nanoTime, 1, Executors.defaultThreadFactory(), Runnable::run, security);
        link = Protocols.of(List.of(new OpcUaProtocol())).open(opening(plant));
        link.start();
    }

    private LinkOpening opening(Plant plant) {
        Twin twin = plant.twins().get(0);
        List<BoundPoint> points = new ArrayList<>();
        for (int i = 0; i < twin.pointCount(); i++) {
            Member.Point point = twin.type().points().get(i);
            Binding binding = twin.binding(i);
            if (binding != null) {
                points.add(new BoundPoint(
                        first + i, binding, point.dataType(), point.arrayLength(), point.validity(), Optional.empty()));
            }
        }
        return new LinkOpening(
                plant.connections().get(0),
                points,
                batch -> table.submit(shard, batch),
                batch -> {},
                LinkStatisticsRows.NONE,
                environment);
    }

    /** What a reload does to the link; waits until it works by it. */
    void reload(String url, String points) throws Exception {
        link.prepareUpdate(opening(
                        plant(url, "securityPolicy: None", points).plant().orElseThrow()))
                .orElseThrow(() -> new AssertionError("the link wants to be opened anew"))
                .carryOut()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** @param settings further keys of the connection, each on a line of its own without indentation. */
    static Mirror open(String url, String settings, String points, LinkSecurity security) {
        return new Mirror(plant(url, settings, points).plant().orElseThrow(), security);
    }

    static Mirror open(String url, String points) {
        return open(url, "securityPolicy: None", points, LinkSecurity.NONE);
    }

    static PlantReading plant(String url, String settings, String points) {
        String text =
                """
                uatwin: 1
                siteId: mirror
                connections:
                  up:
                    protocol: opcua
                    url: %s
                    publishingInterval: 50 ms
                    keepAlive: 500 ms
                    holdTime: 300 ms
                    timeout: 2 s
                    maxBackOff: 500 ms
                %s
                types:
                  Press:
                    version: 1.0.0
                    points:
                      Temperature: {unit: Cel, euRange: [0, 300], writable: true}
                      Setpoint: {unit: Cel, euRange: [0, 300], writable: true}
                      Count: {kind: plain, type: Int32, writable: true}
                      Name: {kind: plain, type: String, writable: true}
                      Levels: {unit: m, euRange: [0, 10], array: 3, writable: true}
                      Level: {unit: m, euRange: [0, 10], writable: true}
                      Fixed: {unit: m, euRange: [0, 10], writable: true}
                twins:
                  - id: press-01
                    type: Press
                    device: up
                    points: {%s}
                """
                        .formatted(url, settings.indent(4).stripTrailing(), points);
        return PlantFile.read(text, "plant.yaml", Protocols.of(List.of(new OpcUaProtocol())));
    }

    static String node(String name) {
        return "\"nsu=%s;s=%s\"".formatted(UpstreamNodes.URI, name);
    }

    static List<String> messages(PlantReading reading) {
        return reading.findings().stream().map(Finding::toString).toList();
    }

    Sample read(String name) {
        return table.read(names.indexOf(name));
    }

    StatusCode status(String name) {
        return read(name).status();
    }

    double number(String name) {
        return Double.longBitsToDouble(read(name).bits());
    }

    WriteResult write(String name, long bits, @Nullable Object object, int firstElement) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        return link.write(new WriteCommand(names.indexOf(name), bits, object, firstElement, deadline))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    WriteResult write(String name, double value) throws Exception {
        return write(name, Double.doubleToRawLongBits(value), null, -1);
    }

    Link link() {
        return link;
    }

    String lastError(String name) {
        return link.diagnostics(names.indexOf(name)).lastError();
    }

    static void eventually(ThrowingRunnable check) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(check);
    }

    void untilGood(String... wanted) {
        eventually(() -> {
            for (String name : wanted) {
                org.assertj.core.api.Assertions.assertThat(status(name))
                        .as("%s: %s", name, lastError(name))
                        .isEqualTo(StatusCode.GOOD);
            }
        });
    }

    /** Trusts one certificate and has one. */
    static LinkSecurity trusting(UpstreamServer.Identity own, X509Certificate trusted) {
        return new LinkSecurity() {
            @Override
            public Optional<Identity> identity() {
                return Optional.of(new Identity(own.keys().getPrivate(), List.of(own.certificate())));
            }

            @Override
            public void checkServer(List<X509Certificate> chain, @Nullable String applicationUri)
                    throws CertificateException {
                if (!chain.get(0).equals(trusted)) {
                    throw new CertificateException("nothing of its chain is trusted");
                }
            }
        };
    }

    @Override
    public void close() {
        link.close();
    }
}
