package org.uatwin.plcadapters.mqtt;

import java.util.Optional;

/**
 * One device behind a broker: what its points' addresses begin with, and how it says that it is there.
 *
 * @param prefix put before the addresses of its points.
 * @param availability topic on which it, or its last will, says online and offline.
 */
record MqttDevice(
        String prefix,
        Optional<Availability> availability,
        Optional<MqttAddress.Sparkplug> sparkplug,
        MessageOptions options) {
    /** Texts are compared without regard to case. */
    record Availability(String topic, String online, String offline) {}
}
