package org.uatwin.plcadapters.modbus;

import java.util.function.LongSupplier;
import org.uatwin.informationmodel.value.UaTime;

/** Counters of a link: written by the loop thread alone where nothing else is said, read by anyone. */
final class LinkCounters {
    volatile long requests;
    volatile long responses;
    volatile long timeouts;
    volatile long exceptions;
    volatile long garbled;
    volatile long reconnects;
    volatile LongSupplier refusedWrites = () -> 0; // counted at the gate by whoever wanted to write
    volatile double busyFraction;
    volatile String lastError = "";
    volatile long lastErrorTime = UaTime.NONE;
    long busyNs; // in the present statistics interval

    void error(String text, long ticks) {
        lastError = text;
        lastErrorTime = ticks;
    }
}
