package org.uatwin.plcadapters.mqtt;

import org.uatwin.informationmodel.value.UaTime;

/** What a link counts: written by its thread alone, read by anyone. */
@SuppressWarnings("NonAtomicVolatileUpdate") // one writer
final class MqttCounters {
    volatile long received;
    volatile long receivedBytes;
    volatile long unrouted;
    volatile long garbled;
    volatile long retained;
    volatile long implausibleTimes;
    volatile long published;
    volatile long publishFailures;
    volatile long refusedWrites;
    volatile long reconnects;
    volatile int subscriptions;
    volatile int refusedSubscriptions;
    volatile long sequenceGaps;
    volatile long rebirthRequests;
    volatile String lastUnrouted = "";
    volatile String lastError = "";
    volatile long lastErrorTime = UaTime.NONE;

    void error(String text, long ticks) {
        lastError = text;
        lastErrorTime = ticks;
    }
}
