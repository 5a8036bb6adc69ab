package org.uatwin.plcadapters.modbus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.uatwin.informationmodel.plant.ModbusDevice;
import org.uatwin.informationmodel.value.UaTime;
import org.uatwin.plcadapters.adapter.LinkStatistics;

/** What a link knows about one device. Owned by the loop thread; volatile fields are read by others. */
final class DeviceState {
    final ModbusDevice device;
    final List<PollJob> jobs = new ArrayList<>();
    private String planJson = "";

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

    /** The device's requests by poll group, as JSON; made once, names hold no quotes. */
    String planJson() {
        String json = planJson;
        if (json.isEmpty()) {
            json = groups().entrySet().stream()
                    .map(e -> "{\"pollGroup\":\"%s\",\"periodMs\":%d,\"requests\":%d,\"blocks\":[%s]}"
                            .formatted(
                                    e.getKey(),
                                    e.getValue().get(0).periodNs / 1_000_000,
                                    e.getValue().stream()
                                            .mapToInt(job -> job.block.requests())
                                            .sum(),
                                    e.getValue().stream()
                                            .map(DeviceState::blockJson)
                                            .collect(Collectors.joining(","))))
                    .collect(Collectors.joining(",", "[", "]"));
            planJson = json;
        }
        return json;
    }

    private static String blockJson(PollJob job) {
        return "{\"table\":\"%s\",\"offset\":%d,\"quantity\":%d,\"requests\":%d,\"points\":%d}"
                .formatted(
                        job.block.table(),
                        job.block.offset(),
                        job.block.quantity(),
                        job.block.requests(),
                        job.pointCount);
    }

    /** Longest time between the last two answers in each poll group, as JSON; null before the second answer. */
    String achievedJson() {
        return groups().entrySet().stream()
                .map(e -> {
                    long longest = e.getValue().stream()
                            .mapToLong(job -> job.achievedNs)
                            .max()
                            .orElse(0);
                    return "\"%s\":%s".formatted(e.getKey(), longest == 0 ? "null" : "" + longest / 1_000_000);
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    private Map<String, List<PollJob>> groups() {
        Map<String, List<PollJob>> groups = new LinkedHashMap<>();
        for (PollJob job : jobs) {
            groups.computeIfAbsent(job.group.name(), name -> new ArrayList<>()).add(job);
        }
        return groups;
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
