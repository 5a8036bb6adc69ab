package org.uatwin.server.control;

/**
 * Who sent a setpoint its last value.
 *
 * @param who as the audit trail names people and parts of the server; empty if nobody did.
 * @param number of values sent so far; the steps of one change count as one.
 */
public record LastWrite(String who, long number) {
    static final LastWrite NONE = new LastWrite("", 0);
}
