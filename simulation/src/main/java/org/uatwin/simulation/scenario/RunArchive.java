package org.uatwin.simulation.scenario;

import java.util.Map;
import java.util.Optional;

/**
 * Where runs outlive the process: bytes by run id, which mean something to {@link RunManager} alone. Storing must not wait for a disk;
 * what was stored is given back from that moment on. Any thread.
 */
public interface RunArchive {
    /** Keeps nothing: runs live as long as the process. */
    RunArchive NONE = new RunArchive() {
        @Override
        public Map<String, byte[]> heads() {
            return Map.of();
        }

        @Override
        public Optional<byte[]> result(String runId) {
            return Optional.empty();
        }

        @Override
        public boolean storeHead(String runId, byte[] head) {
            return false;
        }

        @Override
        public boolean storeEnd(String runId, byte[] head, byte[] result) {
            return false;
        }

        @Override
        public void forget(String runId) {
            // nothing was kept
        }
    };

    /** Everything there is of earlier processes, without results. */
    Map<String, byte[]> heads();

    /** The result of a run; empty when there is none or it cannot be read. May wait for a disk. */
    Optional<byte[]> result(String runId);

    /** Stores how a run stands; false when it is not taken. */
    boolean storeHead(String runId, byte[] head);

    /** Stores how a run ended and what came of it; false when it is not taken and must be kept in memory. */
    boolean storeEnd(String runId, byte[] head, byte[] result);

    /** Removes a run. */
    void forget(String runId);
}
