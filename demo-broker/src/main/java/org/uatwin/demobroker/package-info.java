/**
 * A small MQTT broker inside the process: for {@code uatwin demo} and {@code uatwin virtual} on a machine without one.
 *
 * <p>It speaks MQTT 3.1.1 and 5 over TCP: QoS 0, 1 and 2, retained messages, last wills, wildcards. It lets everybody in,
 * keeps nothing on disk, and forgets a session when its connection ends, as a server may (MQTT 5, section 4.1); no TLS,
 * no shared subscriptions. That is why it is a module of its own and no part of a server: whoever runs a plant takes
 * Mosquitto, HiveMQ or EMQX.
 *
 * <p>{@link org.uatwin.demobroker.DemoBroker} listens and knows who wants what; each connection has a
 * {@code BrokerSession} with a thread that reads and one that writes. A slow reader loses the oldest messages of its
 * bounded queue and delays nobody else.
 */
@NullMarked
package org.uatwin.demobroker;

import org.jspecify.annotations.NullMarked;
