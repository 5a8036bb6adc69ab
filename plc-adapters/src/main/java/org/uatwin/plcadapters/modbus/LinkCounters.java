package org.uatwin.plcadapters.modbus;

import org.uatwin.informationmodel.value.UaTime;

/** Counters of a link: written by the loop thread alone, read by anyone. */
final class LinkCounters {
    volatile long requests;
    volatile long responses;
    volatile long timeouts;
    volatile long exceptions;
    volatile long garbled;
    volatile long reconnects;
    volatile double busyFraction;
    volatile String lastError = "";
    volatile long lastErrorTime = UaTime.NONE;
    long busyNs; // in the present statistics interval

    void error(String text, long ticks) {
        lastError = text;
        lastErrorTime = ticks;
    }
}
