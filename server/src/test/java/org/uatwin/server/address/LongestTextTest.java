package org.uatwin.server.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.plant.PlantFile;
import org.uatwin.informationmodel.plant.PlantReading;
import org.uatwin.informationmodel.value.PointTable;
import org.uatwin.plcadapters.adapter.Protocols;
import org.uatwin.server.engine.LivePlant;
import org.uatwin.server.engine.RowPool;
import org.uatwin.server.engine.TwinInstance;

/** MaxStringLength is what the source can hold, and is not there where it sets no limit (OPC UA Part 3, 5.6.2). */
class LongestTextTest {
    private static final String PLANT =
            """
            uatwin: 1
            siteId: texts
            connections:
              line: {host: 127.0.0.1, devices: {plc: {unit: 1}}}
              broker: {protocol: mqtt, url: "mqtt://127.0.0.1"}
            types:
              Order: {version: 1.0.0, points: {Batch: {type: String}}}
            twins:
              - {id: modbus, type: Order, device: line/plc, points: {Batch: "holding 0 string(20)"}}
              - {id: mqtt, type: Order, device: broker, points: {Batch: orders/batch}}
              - {id: constant, type: Order, points: {Batch: {value: B-1}}}
              - {id: unbound, type: Order}
            """;

    private final LivePlant live = live();

    private static LivePlant live() {
        PlantReading reading = PlantFile.read(PLANT, "texts.yaml", Protocols.onClassPath());
        return LivePlant.first(
                reading.plant()
                        .orElseThrow(() -> new AssertionError(reading.findings().toString())),
                new RowPool(new PointTable(Runnable::run, e -> {
                    throw new AssertionError(e);
                })),
                0);
    }

    private boolean hasLimit(String twin) {
        TwinInstance instance = Objects.requireNonNull(live.instance(twin));
        for (Slot slot : LayoutBuilder.build(instance.type(), NodeId.NULL_VALUE).slots()) {
            if (slot.path.equals("Batch/MaxStringLength")) {
                return slot.presence.isPresent(instance);
            }
        }
        throw new AssertionError("no such slot");
    }

    @Test
    void itIsThereWhereRegistersEnd() {
        assertThat(hasLimit("modbus")).isTrue();
        assertThat(hasLimit("mqtt")).isFalse();
        assertThat(hasLimit("constant")).isFalse();
        assertThat(hasLimit("unbound")).isFalse();
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(live.instance("modbus")).binding(0))
                        .longestText())
                .hasValue(20);
    }
}
