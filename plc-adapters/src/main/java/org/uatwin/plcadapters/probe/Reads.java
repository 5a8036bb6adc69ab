package org.uatwin.plcadapters.probe;

import org.uatwin.informationmodel.plant.ModbusTable;

/** The one thing a survey may do to a device. */
@FunctionalInterface
public interface Reads {
    /** What came of one read. */
    enum Outcome {
        ANSWERED,
        /** A Modbus exception: the device is there and said no. */
        REFUSED,
        /** No answer in time. */
        SILENT,
        /** Something that is no answer to the request. */
        GARBLED,
        /** No connection. */
        LOST
    }

    /**
     * @param exceptionCode if REFUSED, else 0.
     * @param data registers big-endian or bits packed lowest first, as they came; empty unless ANSWERED. Not to be
     *     changed.
     * @param millis from request to answer.
     * @param text cause for a person; empty if ANSWERED.
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once
    record Answer(Outcome outcome, int exceptionCode, byte[] data, double millis, String text) {
        public boolean isAnswered() {
            return outcome == Outcome.ANSWERED;
        }

        /** Whether a device is there: it answered, or refused for itself and not for a gateway. */
        public boolean isAlive() {
            return isAnswered() || (outcome == Outcome.REFUSED && exceptionCode != 0x0A && exceptionCode != 0x0B);
        }
    }

    /** Reads once; waits at most the timeout of the connection. */
    Answer read(int unitId, ModbusTable table, int offset, int quantity);
}
