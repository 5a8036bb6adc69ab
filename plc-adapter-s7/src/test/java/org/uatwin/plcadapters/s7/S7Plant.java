package org.uatwin.plcadapters.s7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uatwin.informationmodel.plant.Binding;
import org.uatwin.informationmodel.plant.Finding;
import org.uatwin.informationmodel.plant.Plant;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.plant.Twin;
import org.uatwin.informationmodel.type.Member;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.informationmodel.value.Quality;
import org.uatwin.informationmodel.value.Sample;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.plcadapters.adapter.BoundPoint;
import org.uatwin.plcadapters.adapter.LinkEnvironment;
import org.uatwin.plcadapters.adapter.LinkOpening;
import org.uatwin.plcadapters.adapter.LinkStatisticsRows;
import org.uatwin.plcadapters.adapter.Protocols;

/** A plant with one S7 connection and one twin, and the table its values go to. */
final class S7Plant {
    private static final String TEXT =
            """
            uatwin: 1
            siteId: s7
            connections:
              cpu:
                protocol: s7
                host: 127.0.0.1
                port: %d
                timeout: 1 s
                maxBackOff: 1 s
                pollGroups: {fast: 100 ms}
                %s
            types:
              Press:
                version: 1.0.0
                points:
                  Force: {unit: N, euRange: [0, 10000], writable: true}
                  Exact: {unit: N, euRange: [0, 10000], writable: true}
                  Count: {kind: plain, type: Int16, writable: true}
                  Total: {kind: plain, type: UInt32, writable: true}
                  Large: {kind: plain, type: UInt64, writable: true}
                  Small: {kind: plain, type: Byte, writable: true}
                  Running: {kind: plain, type: Boolean, writable: true}
                  Name: {kind: plain, type: String, writable: true}
                  Wide: {kind: plain, type: String, writable: true}
                  Recipe: {kind: plain, type: Int16, array: 4, writable: true}
                  Lamps: {kind: plain, type: Boolean, array: 10, writable: true}
                  Marker: {kind: plain, type: Boolean, writable: true}
                  Beyond: {kind: plain, type: Int16}
                  Missing: {kind: plain, type: Int16, writable: true}
            twins:
              - id: press-01
                type: Press
                device: cpu
                points: {%s}
            """;

    /** Every type that points can have, in DB1, DB2 and the markers of {@code s7server.js}. */
    static final String ALL = String.join(
            ", ",
            "Force: \"DB1.DBD0:REAL\"",
            "Exact: \"DB1.DBB4:LREAL\"",
            "Count: \"DB1.DBW12:INT\"",
            "Total: \"DB1.DBD14:UDINT\"",
            "Large: \"DB1.DBB18:ULINT\"",
            "Small: \"DB1.DBB26\"",
            "Running: \"DB1.DBX27.3\"",
            "Name: \"DB1.DBB28:STRING(254)\"",
            "Wide: \"DB1.DBB290:WSTRING(20)\"",
            "Recipe: \"DB2.DBW0:INT[4]\"",
            "Lamps: \"DB2.DBX8.6:BOOL[10]\"",
            "Marker: \"M3.7\"");

    private final PointTable table = new PointTable(Runnable::run, e -> {
        throw new AssertionError(e);
    });
    private final int shard = table.addShard();
    private final Plant plant;

    S7Plant(int port, String settings, String points) {
        PlantReading reading = read(port, settings, points);
        plant = reading.plant().orElseThrow(() -> new AssertionError(reading.findings()));
    }

    static PlantReading read(int port, String settings, String points) {
        return PlantFile.read(
                TEXT.formatted(port, settings, points), "plant.yaml", Protocols.of(List.of(new S7Protocol())));
    }

    static List<String> messages(String settings, String points) {
        return read(102, settings, points).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    LinkOpening opening(LinkEnvironment environment) {
        int first = table.allocate(plant.twins().get(0).pointCount(), Quality.NOT_YET_READ.status(false, false));
        for (int i = 0; i < plant.twins().get(0).pointCount(); i++) {
            table.assign(first + i, shard, Quality.NOT_YET_READ.status(false, false));
        }
        return opening(plant, first, environment);
    }

    /** What the link of the plant is opened with when it has other points. */
    LinkOpening opening(String points, LinkEnvironment environment) {
        return opening(read(102, "", points).plant().orElseThrow(), 0, environment);
    }

    private LinkOpening opening(Plant plant, int first, LinkEnvironment environment) {
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

    int row(String name) {
        return plant.twins().get(0).type().pointOrdinal(name);
    }

    Sample read(String name) {
        return table.read(row(name));
    }

    StatusCode status(String name) {
        return read(name).status();
    }

    double number(String name) {
        return Double.longBitsToDouble(read(name).bits());
    }
}
