package org.uatwin.plcadapters.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.uatwin.informationmodel.value.StatusCode;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.WriteResult;

/** A virtual edge node of Sparkplug B in front of the real link. */
class VirtualSparkplugTest {
    private final VirtualSide side = new VirtualSide(
            "hold: 3 s, devices: {node: {sparkplug: {group: g, node: n}}, d: {period: 1 s, sparkplug: {group: g, node: n, device: d}}}",
            """
            Up: {type: UInt64}, Speed: {unit: 1/min, euRange: [0, 3000], writable: true}, Small: {type: SByte},
            Name: {type: String}, On: {type: Boolean}, Made: {type: DateTime}, Big: {type: Int64}
            """,
            """
            Up: {device: broker/node, address: Properties/Up}, Speed: {device: broker/d, address: Speed, scale: 60},
            Small: {device: broker/d, address: Small}, Name: {device: broker/d, address: Name}, On: {device: broker/d, address: On},
            Made: {device: broker/d, address: Made}, Big: {device: broker/d, address: Big}
            """);

    VirtualSparkplugTest() {
        side.value("Up").set(7, null);
        side.set("Speed", 1500);
        side.value("Small").set(-5, null);
        side.value("Name").set(0, "drive");
        side.value("On").set(1, null);
        side.value("Made").set(UaTime.ofEpochMillis(1_800_000_000_123L), null);
        side.value("Big").set(Long.MIN_VALUE, null);
        side.run(1_500);
    }

    @Test
    void birthsAndDataAreReadInEveryType() {
        assertThat(side.link.read("Up").bits()).isEqualTo(7);
        assertThat(side.link.number("Speed")).isEqualTo(1500);
        assertThat(side.link.read("Small").bits()).isEqualTo(-5);
        assertThat(side.link.read("Name").object()).isEqualTo("drive");
        assertThat(side.link.read("On").bits()).isEqualTo(1);
        assertThat(side.link.read("Made").bits()).isEqualTo(UaTime.ofEpochMillis(1_800_000_000_123L));
        assertThat(side.link.read("Big").bits()).isEqualTo(Long.MIN_VALUE);
        assertThat(side.link.status("Big")).isEqualTo(StatusCode.GOOD);
        side.set("Speed", 1800);
        side.value("Small").setMissing();
        side.run(1_100);
        assertThat(side.link.number("Speed")).isEqualTo(1800);
        assertThat(side.link.status("Small")).isEqualTo(StatusCode.BAD_DEVICE_FAILURE);
        assertThat(side.link.counter("SequenceGaps")).isZero();
    }

    /** The node's own metrics have no period: they come when they change. */
    @Test
    void withoutPeriodOnlyChangesAreSent() {
        long before = messages("spBv1.0/g/NDATA/n");
        side.run(3_000);
        assertThat(messages("spBv1.0/g/NDATA/n")).isEqualTo(before);
        side.value("Up").set(8, null);
        side.run(1_100);
        assertThat(messages("spBv1.0/g/NDATA/n")).isEqualTo(before + 1);
        assertThat(side.link.read("Up").bits()).isEqualTo(8);
    }

    private long messages(String topic) {
        return side.broker.published.stream()
                .filter(m -> m.topic().equals(topic))
                .count();
    }

    @Test
    void aCommandIsObeyedAndConfirmedByItsMetric() {
        CompletableFuture<WriteResult> speed = side.link.write("Speed", 600);
        side.run(400);
        assertThat(speed.join().status()).isEqualTo(StatusCode.GOOD);
        assertThat(side.commanded).containsExactly("Speed");
        assertThat(side.link.number("Speed")).isEqualTo(600);
    }

    @Test
    void theNodesDeathIsItsDevicesToo() {
        side.devices.behave("node", new MessageFault(MessageFault.Kind.LAST_WILL, 0));
        side.run(100);
        assertThat(side.broker.published.get(side.broker.published.size() - 1).topic())
                .isEqualTo("spBv1.0/g/NDEATH/n");
        for (String point : List.of("Up", "Speed")) {
            assertThat(side.link.status(point)).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        }
        side.run(3_200);
        assertThat(side.link.status("Speed")).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
        side.devices.behave("node", MessageFault.NONE);
        side.run(1_100);
        assertThat(side.link.status("Speed")).isEqualTo(StatusCode.GOOD);
        assertThat(side.link.status("Up")).isEqualTo(StatusCode.GOOD);
    }

    @Test
    void aDeviceBelowTheNodeDiesAlone() {
        side.devices.behave("d", new MessageFault(MessageFault.Kind.LAST_WILL, 0));
        side.run(100);
        assertThat(messages("spBv1.0/g/DDEATH/n/d")).isEqualTo(1);
        assertThat(side.link.status("Speed")).isEqualTo(StatusCode.UNCERTAIN_NO_COMMUNICATION_LAST_USABLE_VALUE);
        assertThat(side.link.status("Up")).isEqualTo(StatusCode.GOOD);
        side.devices.behave("d", MessageFault.NONE);
        side.run(200);
        assertThat(side.link.status("Speed")).isEqualTo(StatusCode.GOOD);
    }

    /** Out of order means a gap in the sequence numbers: the host asks for the births, and gets them. */
    @Test
    void aGapBringsARebirth() {
        side.devices.behave("d", new MessageFault(MessageFault.Kind.OUT_OF_ORDER, 0));
        side.run(2_500);
        side.devices.behave("d", MessageFault.NONE);
        side.run(1_500);
        assertThat(side.link.counter("RebirthRequests")).isPositive();
        assertThat(messages("spBv1.0/g/NBIRTH/n")).isGreaterThanOrEqualTo(2);
        side.run(1_100);
        assertThat(side.link.status("Speed")).isEqualTo(StatusCode.GOOD);
    }
}
