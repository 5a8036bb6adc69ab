package org.uatwin.plcadapters.mqtt;

import java.util.ArrayList;
import java.util.List;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/** A device and what is known of it. Owned by the link's thread, but for the volatile fields. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer
final class MqttDeviceState {
    final String name;
    final MqttDevice device;
    final List<MqttPoint> points = new ArrayList<>();
    volatile LinkStatistics.DeviceState state = LinkStatistics.DeviceState.UNKNOWN;
    volatile long received;
    volatile long implausibleTimes;
    volatile long lastReceiveTicks = UaTime.NONE;
    volatile String lastError = "";

    MqttDeviceState(String name, MqttDevice device) {
        this.name = name;
        this.device = device;
    }

    /** Goes on from what was known of the device before a reload. */
    void takeOver(MqttDeviceState before) {
        state = before.state;
        received = before.received;
        implausibleTimes = before.implausibleTimes;
        lastReceiveTicks = before.lastReceiveTicks;
        lastError = before.lastError;
    }
}
