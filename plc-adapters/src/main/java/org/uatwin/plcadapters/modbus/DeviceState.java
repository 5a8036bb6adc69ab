package org.uatwin.plcadapters.modbus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/** What a link knows about one device. Owned by the loop thread; volatile fields are read by others. */
final class DeviceState {
    final ModbusDevice device;
    final List<PollJob> jobs = new ArrayList<>();

    volatile LinkStatistics.DeviceState state = LinkStatistics.DeviceState.UNKNOWN;
    int failStreak; // failed polls since the last answer
    int silentInARow; // requests without answer since the last one with
    long nextProbeNs;
    long outageSinceNs;

    @Nullable
    PollJob lastFailed; // failed most recently, while nothing else has answered since

    boolean hasNoMaskWrite; // answered function 22 with exception 01
    boolean hasNoSingleWrite; // the same for functions 5 and 6

    volatile long requests;
    volatile long timeouts;
    volatile long exceptions;
    volatile long garbled;
    volatile double responseTimeMs;
    volatile long lastPollTime = UaTime.NONE;
    volatile String lastError = "";

    DeviceState(ModbusDevice device) {
        this.device = device;
    }

    /** Goes on with what was known of the device before a reload. */
    void takeOver(DeviceState old) {
        state = old.state;
        failStreak = old.failStreak;
        silentInARow = old.silentInARow;
        nextProbeNs = old.nextProbeNs;
        outageSinceNs = old.outageSinceNs;
        hasNoMaskWrite = old.hasNoMaskWrite;
        hasNoSingleWrite = old.hasNoSingleWrite;
        requests = old.requests;
        timeouts = old.timeouts;
        exceptions = old.exceptions;
        garbled = old.garbled;
        responseTimeMs = old.responseTimeMs;
        lastPollTime = old.lastPollTime;
        lastError = old.lastError;
    }

    boolean isDemoted() {
        return state == LinkStatistics.DeviceState.DEMOTED;
    }

    int plannedRequests() {
        int sum = 0;
        for (PollJob job : jobs) {
            sum += job.block.requests();
        }
        return sum;
    }

    double achievedPeriodMs() {
        long longest = 0;
        for (PollJob job : jobs) {
            longest = Math.max(longest, job.achievedNs);
        }
        return longest / 1e6;
    }

    LinkStatistics.DeviceStatistics statistics() {
        return new LinkStatistics.DeviceStatistics(
                device.name(),
                state,
                device.unitId(),
                requests,
                timeouts,
                exceptions,
                garbled,
                plannedRequests(),
                responseTimeMs,
                achievedPeriodMs(),
                lastPollTime,
                lastError);
    }
}
