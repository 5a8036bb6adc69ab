package org.uatwin.server.address;

/** What the links know about a point beyond its value: port towards the adapters. Any thread. */
public interface PointFacts {
    /** Text of the last failure that concerned the point; empty if there was none. */
    String lastError(int row);

    /** {@link org.uatwin.informationmodel.value.UaTime} ticks of the last poll that included the point; 0 if none. */
    long lastPollTime(int row);

    /** How often each step of the point's chain did something; empty if it has no chain. */
    String conditioning(int row);
}
