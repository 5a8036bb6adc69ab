package org.uatwin.server.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uatwin.server.virtual.fault.FaultException;
import org.uatwin.server.virtual.fault.FaultOrder;

/** The plant file's own server in front of virtual MQTT devices and the demo's broker. */
class VirtualMqttIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void serverSeesEachFaultOfMqttAsItsQuality() {
        try (VirtualMqttPlant plant = VirtualMqttPlant.start(folder, Map.of())) {
            assertThat(plant.devices().notes()).singleElement().asString().contains("a broker was started here");
            plant.everyFaultIsItsQuality();
        }
    }

    /** An order that would do nothing is refused with what would. */
    @Test
    void faultsThatCannotBeAreRefused() {
        try (VirtualMqttPlant plant = VirtualMqttPlant.start(folder, Map.of())) {
            refused(plant, "broker/gateway", "exception", "is a fault of Modbus");
            refused(plant, "broker/gateway", "cut", "the target is broker");
            refused(plant, "plain", "clock-offset", "no value there has a time");
            refused(plant, "json/Level", "swapped-words", "has no registers");
            refused(plant, "nobody", "last-will", "nothing here is called \"nobody\"");
        }
    }

    private static void refused(VirtualMqttPlant plant, String target, String kind, String why) {
        Map<String, String> parameters = kind.equals("clock-offset") ? Map.of("seconds", "5") : Map.of();
        assertThatThrownBy(() -> plant.devices().set(FaultOrder.of(target, kind, parameters), Double.POSITIVE_INFINITY))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining(why);
    }
}
