package org.uatwin.plcadapters.s7;

import java.time.Duration;
import org.uatwin.informationmodel.plant.ConnectionSettings;

/**
 * A connection to a CPU.
 *
 * @param localTsap -1 for that of the local rack and slot.
 * @param remoteTsap -1 for that of rack and slot.
 * @param pduSize bytes of a message that we ask for and plan with; the CPU may grant less.
 */
record S7Settings(
        String host,
        int port,
        int rack,
        int slot,
        String connectionType,
        int localTsap,
        int remoteTsap,
        int pduSize,
        Duration timeout,
        Duration largestBackOff)
        implements ConnectionSettings {
    @Override
    public String endpoint() {
        return "%s:%d %s"
                .formatted(
                        host,
                        port,
                        remoteTsap < 0 ? "rack %d slot %d".formatted(rack, slot) : "TSAP %04X".formatted(remoteTsap));
    }
}
