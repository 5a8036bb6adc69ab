package org.uatwin.demobroker;

/**
 * An application message.
 *
 * @param properties those of MQTT 5 that travel with it, encoded; empty if it has none.
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared or changed
record Publication(String topic, byte[] payload, int qos, boolean isRetained, byte[] properties) {
    static final byte[] NO_PROPERTIES = new byte[0];

    Publication retained(boolean isNowRetained) {
        return new Publication(topic, payload, qos, isNowRetained, properties);
    }
}
