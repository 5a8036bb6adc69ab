package org.uatwin.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * Options of {@code uatwin demo fault}.
 *
 * @param twin id of the twin, for example {@code pump-01}.
 * @param severity 0..1, how bad.
 * @param data data directory of the running demo, which says where it listens.
 * @param isJson print the answer as JSON.
 * @param out where the command prints.
 */
public record FaultOptions(String twin, Kind kind, double severity, Path data, boolean isJson, PrintWriter out) {
    /** What goes wrong. */
    public enum Kind {
        WEAR("wear"),
        JAM("jam"),
        SENSOR_STUCK("sensor-stuck"),
        CABLE("cable"),
        IMPELLER_WEAR("impeller-wear"),
        BEARING_WEAR("bearing-wear"),
        PIPE_BLOCKED("pipe-blocked"),
        LUBRICATION_LOST("lubrication-lost"),
        ROLLERS_WORN("rollers-worn"),
        COOLING_FOULED("cooling-fouled"),
        BELT_WEAR("belt-wear"),
        CLEAR("clear");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As written on the command line. */
        @Override
        public String toString() {
            return word;
        }
    }

    public FaultOptions {
        if (!(severity >= 0 && severity <= 1)) {
            throw new IllegalArgumentException("severity must be 0..1: " + severity);
        }
    }
}
